export const logTexts = { en: {}, fr: {} };
