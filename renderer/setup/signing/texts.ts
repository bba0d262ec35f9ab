export const signingTexts = { en: {}, fr: {} };
