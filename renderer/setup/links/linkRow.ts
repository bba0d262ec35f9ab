/** The texts of a link's row. Pure. */
import type { LinkStatus } from "../../../src/contract/linkMessages.js";
import { linkTroubleOf } from "../../../src/contract/linkTrouble.js";
import type { Format } from "../../app/format.js";
import { linkTroubleText } from "../../../src/contract/linkTroubleTexts.js";
import type { Translate } from "../../app/text.js";

type Tone = "plain" | "good" | "caution" | "danger";
export type LinkRow = {
  readonly name: string;
  readonly uri: string;
  readonly role: LinkStatus["role"];
  readonly roleText: string;
  readonly state: string;
  readonly sign: string;
  readonly tone: Tone;
  /** Why it is down, and when it is tried again. */
  readonly because: string;
  readonly retry: string;
  readonly rate: string;
  readonly rateTitle: string;
  readonly bytes: string;
  readonly loss: string;
  readonly lossTone: Tone;
  readonly lost: string;
  readonly doubled: string;
  readonly errors: string;
  readonly errorsTone: Tone;
  readonly errorsTitle: string;
  readonly roundTrip: string;
  readonly lastReceived: string;
  readonly lastReceivedTone: Tone;
  readonly signing: string;
  readonly refused: string;
};

/** Signs, so that the state does not rest on colour alone. */
const STATES: Readonly<Record<LinkStatus["state"], readonly [sign: string, tone: Tone]>> = {
  open: ["●", "good"],
  opening: ["◌", "caution"],
  lost: ["■", "danger"],
  failed: ["✕", "danger"],
};

// The same limit as in the top line.
const LOSS_CAUTION = 0.05;
const LOSS_DANGER = 0.2;
// A vehicle link that received nothing for this long is marked as silent.
const SILENT_AFTER_S = 5;

const lossTone = (fraction: number): Tone =>
  fraction > LOSS_DANGER ? "danger" : fraction > LOSS_CAUTION ? "caution" : "plain";

function retryText(t: Translate, format: Format, link: LinkStatus, nowMonoMs: number): string {
  if (link.state === "open" || link.retryAtMonoMs === undefined) return "";
  const leftS = (link.retryAtMonoMs - nowMonoMs) / 1000;
  return leftS > 0.5 ? t("setup.links.retry", { span: format.ageText(leftS) }) : t("setup.links.retry.now");
}

function lastReceivedOf(t: Translate, format: Format, link: LinkStatus, nowMonoMs: number): readonly [string, Tone] {
  if (link.lastReceivedMonoMs === undefined)
    return [t("setup.links.never"), link.role === "vehicle" ? "caution" : "plain"];
  const ageS = (nowMonoMs - link.lastReceivedMonoMs) / 1000;
  const tone = ageS > SILENT_AFTER_S && link.role === "vehicle" ? "danger" : "plain";
  return [t("setup.links.ago", { age: format.ageText(ageS) }), tone];
}

function signingOf(t: Translate, format: Format, { signing }: LinkStatus): readonly [string, string] {
  const { policy, countOfSigned, countOfUnsigned, countOfRefused } = signing;
  const facts = { signed: format.numberText(countOfSigned), unsigned: format.numberText(countOfUnsigned) };
  const isPlain = policy === "off" && countOfSigned === 0;
  const words = isPlain ? t("setup.links.signed.off") : t("setup.links.signed.counts", facts);
  const refused =
    countOfRefused > 0 ? t("setup.links.signed.refused", { refused: format.numberText(countOfRefused) }) : "";
  return [words, refused];
}

const becauseText = (t: Translate, text: string | undefined): string =>
  text === undefined ? "" : linkTroubleText(t, linkTroubleOf(text));

export function linkRow(t: Translate, format: Format, link: LinkStatus, nowMonoMs: number): LinkRow {
  const [sign, tone] = STATES[link.state];
  const [lastReceived, lastReceivedTone] = lastReceivedOf(t, format, link, nowMonoMs);
  const [signing, refused] = signingOf(t, format, link);
  const countOfErrors = link.countOfBadChecksums + link.countOfUnknownIds;
  const isMeasured = link.countOfMessages > 0;
  return {
    name: link.name,
    uri: link.uri,
    role: link.role,
    roleText: t(`setup.links.role.${link.role}`),
    state: t(`app.link.state.${link.state}`),
    sign,
    tone,
    because: becauseText(t, link.because),
    retry: retryText(t, format, link, nowMonoMs),
    rate: t("setup.links.rate", { rate: format.numberText(link.messagesPerS) }),
    rateTitle: t("setup.links.rate.title", { count: format.numberText(link.countOfMessages) }),
    bytes: `${format.bytesText(Math.round(link.bytesPerS))}/s`,
    loss: isMeasured ? format.percentText(link.lossFraction, 1) : t("setup.unknown"),
    lossTone: lossTone(link.lossFraction),
    lost: isMeasured ? t("setup.links.lost-count", { count: format.numberText(link.countOfLost) }) : "",
    doubled: format.numberText(link.countOfDuplicates),
    errors: format.numberText(countOfErrors),
    errorsTone: link.countOfBadChecksums > 0 ? "caution" : "plain",
    errorsTitle: t("setup.links.errors.title", {
      checksums: format.numberText(link.countOfBadChecksums),
      unknown: format.numberText(link.countOfUnknownIds),
      garbage: format.numberText(link.countOfGarbageBytes),
    }),
    roundTrip: link.roundTripMs === undefined ? t("setup.unknown") : `${format.numberText(link.roundTripMs)}\u00a0ms`,
    lastReceived,
    lastReceivedTone,
    signing,
    refused,
  };
}
