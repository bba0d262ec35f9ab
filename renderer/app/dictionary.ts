export type Language = "en" | "fr";

type Texts = Readonly<Record<Language, Readonly<Record<string, string>>>>;

const isTexts = (value: unknown): value is Texts =>
  typeof value === "object" && value !== null && "en" in value && "fr" in value;

/** Every room of the screens keeps its own words in `texts.ts`, English and French side by side. */
const modules = import.meta.glob<Readonly<Record<string, unknown>>>("../*/texts.ts", { eager: true });

export const ROOM_TEXTS: readonly (readonly [file: string, texts: Texts])[] = Object.entries(modules).flatMap(
  ([file, module]) =>
    Object.values(module)
      .filter(isTexts)
      .map((texts) => [file, texts] as const),
);

const merged = (language: Language): Readonly<Record<string, string>> =>
  Object.assign({}, ...ROOM_TEXTS.map(([, texts]) => texts[language])) as Readonly<Record<string, string>>;

export const DICTIONARIES: Texts = { en: merged("en"), fr: merged("fr") };
