// Between what a pump is set to and what the record keeps. To a millionth, for what is typed in tenths is to
// be kept as tenths.
const neat = (value: number): number => Math.round(value * 1e6) / 1e6;

export const massRate = (mL_per_h: number, mg_per_mL: number | null): number | null =>
  mg_per_mL === null ? null : neat(mL_per_h * mg_per_mL);

export const volumeRate = (mg_per_h: number, mg_per_mL: number | null): number | null =>
  mg_per_mL === null || mg_per_mL <= 0 ? null : neat(mg_per_h / mg_per_mL);
