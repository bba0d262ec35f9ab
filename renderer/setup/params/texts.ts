export const paramTexts = { en: {}, fr: {} };
