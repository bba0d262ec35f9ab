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
import { recordingTexts } from "./recordingTexts.js";
import { problemTexts } from "./problemTexts.js";
import { reasonTexts } from "./reasonTexts.js";
import { serviceFailureTexts } from "./serviceFailureTexts.js";
import { appTexts } from "./texts.js";
import { videoProblemTexts } from "./videoProblemTexts.js";

export type Language = "en" | "fr";

type Texts = Readonly<Record<Language, Readonly<Record<string, string>>>>;

/** Every room of the screens keeps its own words, English and French side by side. */
export const ROOM_TEXTS: Readonly<Record<string, Texts>> = {
  app: appTexts,
  io: ioTexts,
  notices: noticeTexts,
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
  setup: setupTexts,
};

const merged = (language: Language): Readonly<Record<string, string>> =>
  Object.assign({}, ...Object.values(ROOM_TEXTS).map((texts) => texts[language])) as Readonly<Record<string, string>>;

export const DICTIONARIES: Texts = { en: merged("en"), fr: merged("fr") };
