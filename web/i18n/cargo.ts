import { bilingual } from "./index.ts";

export const cargoWords = bilingual(
  { heading: "每辆的尺寸、体积、质量与货值：" },
  { heading: "Size, volume, mass and value of one vehicle: " },
);
