const GROUPED = /^\d{1,3}([.,' \u00a0\u202f’]\d{3})+$/;

/**
 * A whole number as hands write it: `8000`, `8,000`, `8.000`, `8 000`. A fraction is read with a point or a comma and left
 * for the field to round. Null for anything else.
 */
export function readNumber(text: string): number | null {
  const written = text.trim();
  if (GROUPED.test(written)) return Number(written.replace(/\D/g, ''));
  return /^-?\d+([.,]\d*)?$/.test(written) ? Number(written.replace(',', '.')) : null;
}
