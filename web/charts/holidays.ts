/**
 * China's public holidays by the rules of the Regulation on Public Holidays for National Festivals and Memorial Days (State Council Decree 795, in force from
 * 2025). The bridges and working weekends announced each autumn are not among them.
 */
const solar = new Set(["01-01", "05-01", "05-02", "10-01", "10-02", "10-03"]);

/**
 * Festivals of the Chinese calendar: New Year (with its eve and two more days), Dragon Boat, Mid-Autumn. A table, for browsers reckon them differently: the new
 * moon of February 2027 falls four minutes before midnight in Beijing, and some put the New Year a day late. Other years have the solar holidays only.
 */
const festivals: Record<string, readonly [string, string, string]> = {
  2025: ["01-29", "05-31", "10-06"],
  2026: ["02-17", "06-19", "09-25"],
  2027: ["02-06", "06-09", "09-15"],
  2028: ["01-26", "05-28", "10-03"],
  2029: ["02-13", "06-16", "09-22"],
  2030: ["02-03", "06-05", "09-12"],
  2031: ["01-23", "06-24", "10-01"],
  2032: ["02-11", "06-12", "09-19"],
};

const dayMilliseconds = 86_400_000;

/** Day of April on which the sun stands at 15 degrees: the usual formula for the 21st century. */
const qingming = (year: number): number => Math.floor((year % 100) * 0.2422 + 4.81) - Math.floor((year % 100) / 4);

/** Whether a day is a public holiday of China. `time`: midnight UTC of the date, in milliseconds. */
export function isHoliday(time: number): boolean {
  const date = new Date(time).toISOString().slice(0, 10);
  const [year, monthDay] = [date.slice(0, 4), date.slice(5)];
  if (solar.has(monthDay) || monthDay === `04-0${qingming(Number(year))}`) return true;
  const [newYear, dragonBoat, midAutumn] = festivals[year] ?? [];
  if (newYear === undefined) return false;
  const day = (time - Date.parse(`${year}-${newYear}`)) / dayMilliseconds;
  return (day >= -1 && day <= 2) || monthDay === dragonBoat || monthDay === midAutumn;
}
