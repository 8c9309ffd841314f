const GROUPED = /^\d{1,3}([.,' ’]\d{3})+$/;

/**
 * A whole number as hands write it: `8000`, `8,000`, `8.000`, `8 000`. A fraction is read with a point or a comma and left
 * for the field to round. The full width of Chinese input methods is read, too. Null for anything else.
 */
export function readNumber(text: string): number | null {
  const written = text.normalize('NFKC').trim();
  if (GROUPED.test(written)) return Number(written.replace(/\D/g, ''));
  return /^-?\d+([.,]\d*)?$/.test(written) ? Number(written.replace(',', '.')) : null;
}
