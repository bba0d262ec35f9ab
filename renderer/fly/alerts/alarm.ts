/**
 * Decides which alert is sounded and spoken, and how often. Pure. Muting silences cautions; dangers are never muted
 * (SCREENS.md, principle 2: red is "act now").
 */
import type { Alert } from "../../panels/AlertStrip.js";

type AlarmState = {
  /** Alerts already announced, with the time of the last announcement. */
  readonly announcedAtMs: ReadonlyMap<string, number>;
};
export const SILENT: AlarmState = { announcedAtMs: new Map() };

export type Utterance = { readonly tone: Alert["tone"]; readonly text: string };

/** A danger that persists is announced again after this long; a caution is announced once. */
const DANGER_AGAIN_MS = 10_000;

/** The announcement due now, dangers first; at most one per step so that they do not overlap. */
export function stepAlarm(
  state: AlarmState,
  alerts: readonly Alert[],
  { isMuted, nowMs }: { readonly isMuted: boolean; readonly nowMs: number },
): readonly [AlarmState, Utterance | undefined] {
  const standing = new Set(alerts.map(({ id }) => id));
  // An alert that went away and comes back is announced again.
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
