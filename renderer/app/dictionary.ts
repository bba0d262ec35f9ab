import { noticeTexts } from "../../src/contract/noticeTexts.js";
import { prearmTexts } from "../fly/side/prearmTexts.js";
import { sideTexts } from "../fly/side/sideTexts.js";
import { flyTexts } from "../fly/texts.js";
import { panelTexts } from "../panels/texts.js";
import { planTexts } from "../plan/texts.js";
import { reviewTexts } from "../review/texts.js";
import { sceneTexts } from "../scene/texts.js";
import { setupTexts } from "../setup/texts.js";
import { ioTexts } from "./ioTexts.js";
import { linkTroubleTexts } from "../../src/contract/linkTroubleTexts.js";
import { placeTexts } from "../../src/contract/placeTexts.js";
import { tideTexts } from "../../src/contract/tideTexts.js";
import { recordingTexts } from "./recordingTexts.js";
import { packTexts } from "./packTexts.js";
import { problemTexts } from "./problemTexts.js";
import { reasonTexts } from "./reasonTexts.js";
import { serviceFailureTexts } from "./serviceFailureTexts.js";
import { settingsTexts } from "./settingsTexts.js";
import { appTexts } from "./texts.js";
import { videoProblemTexts } from "./videoProblemTexts.js";

export type Language = "en" | "fr";

type Texts = Readonly<Record<Language, Readonly<Record<string, string>>>>;

/** Each folder of the renderer keeps its own texts, English and French side by side. */
export const ROOM_TEXTS = {
  app: appTexts,
  settings: settingsTexts,
  io: ioTexts,
  linkTroubles: linkTroubleTexts,
  notices: noticeTexts,
  places: placeTexts,
  packs: packTexts,
  recording: recordingTexts,
  problems: problemTexts,
  reasons: reasonTexts,
  serviceFailures: serviceFailureTexts,
  videoProblems: videoProblemTexts,
  fly: flyTexts,
  flySide: sideTexts,
  prearm: prearmTexts,
  panels: panelTexts,
  plan: planTexts,
  review: reviewTexts,
  scene: sceneTexts,
  tide: tideTexts,
  setup: setupTexts,
} as const satisfies Readonly<Record<string, Texts>>;

type EnglishOf<Room> = Room extends { readonly en: infer English } ? keyof English & string : never;

/**
 * Every key there is. A key that is built (`plan.upload.${state}`) is checked by the compiler with it: a state without
 * words does not compile, so no raw key reaches the screen. The tables of the two languages are held equal by a test.
 */
export type TextKey = EnglishOf<(typeof ROOM_TEXTS)[keyof typeof ROOM_TEXTS]>;

/** The names that fill a built key: `TextName<"fly.because.">` is "busy" and its like. */
export type TextName<
  Prefix extends string,
  Suffix extends string = "",
  Key = TextKey,
> = Key extends `${Prefix}${infer Name}${Suffix}` ? Name : never;

const merged = (language: Language): Readonly<Record<string, string>> =>
  Object.assign({}, ...Object.values(ROOM_TEXTS).map((texts) => texts[language])) as Readonly<Record<string, string>>;

export const DICTIONARIES: Texts = { en: merged("en"), fr: merged("fr") };
