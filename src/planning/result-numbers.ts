export const round = (value: number, digits: number): number => Number(value.toFixed(digits));

export const cny = (fen: number): number => Math.round(fen) / 100;
