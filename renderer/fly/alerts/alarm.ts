/**
 * What is sounded and spoken, and how often: pure. A mute keeps caution quiet; danger is never muted (SCREENS.md,
 * principle 2: red is "act now").
 */
import type { Alert } from "../../panels/AlertStrip.js";

type AlarmState = {
  /** Alerts that were told already, with when they were told last. */
  readonly announcedAtMs: ReadonlyMap<string, number>;
};
export const SILENT: AlarmState = { announcedAtMs: new Map() };

export type Utterance = { readonly tone: Alert["tone"]; readonly text: string };

/** A danger that stays is told again after this long; a caution is told once. */
const DANGER_AGAIN_MS = 10_000;

/** What to say now of the alerts that stand, worst first; at most one sentence a step, so that they do not overlap. */
export function stepAlarm(
  state: AlarmState,
  alerts: readonly Alert[],
  { isMuted, nowMs }: { readonly isMuted: boolean; readonly nowMs: number },
): readonly [AlarmState, Utterance | undefined] {
  const standing = new Set(alerts.map(({ id }) => id));
  // What went away and comes back is news.
  const announcedAtMs = new Map([...state.announcedAtMs].filter(([id]) => standing.has(id)));
  const isDue = ({ id, tone }: Alert): boolean => {
    const announcedMs = announcedAtMs.get(id);
    if (announcedMs === undefined) return true;
    return tone === "danger" && nowMs - announcedMs >= DANGER_AGAIN_MS;
  };
  const due = alerts.filter(isDue);
  const next = due.find(({ tone }) => tone === "danger") ?? due[0];
  if (!next) return [{ announcedAtMs }, undefined];
  announcedAtMs.set(next.id, nowMs);
  const isAudible = next.tone === "danger" || !isMuted;
  return [{ announcedAtMs }, isAudible ? { tone: next.tone, text: next.what } : undefined];
}
