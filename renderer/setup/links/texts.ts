export const linkTexts = { en: {}, fr: {} };
