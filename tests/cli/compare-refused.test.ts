import { expect, test } from "vitest";
import { yuche } from "../support/cli.ts";

test.each(["", "null", "true", "[1]", "abc", "NaN", "1e999", '{"value":"20"}', "1e12", "-1"])(
  "compare --set figures/duty-eu-cvd=%s is refused",
  async (value) => {
    const { code, out, err } = await yuche(["compare", "--set", `figures/duty-eu-cvd=${value}`]);
    expect({ code, out }).toEqual({ code: 3, out: "" });
    expect(err).toContain(`--set figures/duty-eu-cvd=${value}`);
    expect(err).not.toContain("    at ");
  },
);

test.each([
  ["--ready", "6053-01-01"],
  ["--due", "9999-12-31"],
])("compare %s %s names the years that there are", async (option, date) => {
  const { code, out, err } = await yuche(["compare", option, date]);
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(err).toContain(`the year of ${option} should be from 1971 to 2200, not ${date}`);
});
