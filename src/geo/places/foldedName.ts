/** A name as it is compared: accents, capitals, hyphens and apostrophes do not count. */
export const foldedName = (text: string): string =>
  text
    .normalize("NFD")
    .replaceAll(/\p{M}/gu, "")
    .replaceAll(/[\s'’-]+/g, " ")
    .trim()
    .toLowerCase();
