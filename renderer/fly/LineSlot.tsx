import { useCallback, useMemo, useState } from "react";
import { failureText } from "../app/failureText.js";
import { type Translate, useText } from "../app/text.js";
import type { Format } from "../app/format.js";
import { useFormat } from "../app/useFormat.js";
import { useTick } from "../app/useTick.js";
import { useWhole } from "../bridge/latest.js";
import { useStation, useStore } from "../bridge/StoresContext.js";
import { Button } from "../ui/Button.js";
import { vehicleName } from "../panels/vehicleIdentity.js";
import { type CommandLine, withOthers } from "./commandLog.js";
import { commandWords } from "./commandWords.js";
import { flyViewStore } from "./flyViewStore.js";

type LineText = { readonly tone: "plain" | "good" | "caution" | "danger"; readonly words: string };

/** How long a finished line stays in the reserved place; the list keeps it. */
const SHOWN_AFTER_END_S = 20;

const SIGN = { plain: "…", good: "✓", caution: "▲", danger: "■" } as const;

/** "02:14:07 Return SIM-1: done 02:14:08". */
function outcomeText({ t, format }: { readonly t: Translate; readonly format: Format }, line: CommandLine): LineText {
  const { outcome } = line;
  switch (outcome.phase) {
    case "pending":
      return { tone: "plain", words: t("fly.line.pending") };
    case "done":
      return {
        tone: outcome.how === "done" ? "good" : "plain",
        words: t(`fly.line.${outcome.how}`, { time: format.utcText(outcome.atUnixUs) }),
      };
    case "not-sent":
      return { tone: "caution", words: t("fly.line.notSent", { because: t(outcome.because) }) };
    case "failed": {
      const { what, severity } = failureText(t, outcome.failure);
      return { tone: severity === "danger" ? "danger" : "caution", words: what };
    }
  }
}

function useLineText(): (line: CommandLine) => LineText {
  const t = useText();
  const format = useFormat();
  const station = useStation();
  return useCallback(
    (line) => {
      const vehicle = station.vehicles.get().find(({ id }) => id === line.vehicleId);
      const action = commandWords({ t, format }, line.command, vehicle);
      const { tone, words } = outcomeText({ t, format }, line);
      const asked = t("fly.holdNamed", { action, name: line.vehicleName }).trim();
      return { tone, words: `${format.utcText(line.askedUnixUs)} ${format.labelled(asked, words)}` };
    },
    [t, format, station],
  );
}

/** Finished, and shown for `SHOWN_AFTER_END_S`. */
const isOver = ({ outcome, askedUnixUs }: CommandLine, nowUnixUs: number): boolean => {
  if (outcome.phase === "pending") return false;
  const endUnixUs = outcome.phase === "not-sent" ? askedUnixUs : outcome.atUnixUs;
  return (nowUnixUs - endUnixUs) / 1e6 > SHOWN_AFTER_END_S;
};

/** Lines in the reserved place: the newest until it is old, and the newest that is still pending. */
function shownLines(lines: readonly CommandLine[], nowUnixUs: number): readonly CommandLine[] {
  const pending = lines.findLast(({ outcome }) => outcome.phase === "pending");
  const newest = lines.at(-1);
  const isNewestShown = newest !== undefined && newest !== pending && !isOver(newest, nowUnixUs);
  return [...(isNewestShown ? [newest] : []), ...(pending ? [pending] : [])];
}

/** Commands given on this screen, and those that the station reports from other screens. */
function useLines(): readonly CommandLine[] {
  const station = useStation();
  const own = useWhole(useStore(flyViewStore).lines);
  const reports = useWhole(station.commandReports);
  return useMemo(() => {
    const [nowMonoMs, nowUnixUs] = [station.clock.stationMonoMsNow(), station.clock.stationUnixUsNow()];
    return withOthers(own, {
      reports,
      unixUsAt: (monoMs) => nowUnixUs - (nowMonoMs - monoMs) * 1000,
      nameOf: (vehicleId) => {
        const vehicle = station.vehicles.get().find(({ id }) => id === vehicleId);
        return vehicle ? vehicleName(vehicle) : vehicleId;
      },
    });
  }, [station, own, reports]);
}

/** The last command and its outcome, in the frame's reserved line; a click lists all, newest first. */
export function LineSlot() {
  const t = useText();
  const station = useStation();
  const lines = useLines();
  const textOf = useLineText();
  const [isOpen, setIsOpen] = useState(false);
  const nowS = useTick(
    useCallback(() => Math.floor(station.clock.stationUnixUsNow() / 1e6), [station]),
    1,
  );
  const shown = shownLines(lines, nowS * 1e6);
  const countOfMore = lines.filter((line) => line.outcome.phase === "pending" && !shown.includes(line)).length;
  return (
    <div className="line-slot" data-idle={shown.length === 0 && countOfMore === 0}>
      <button
        type="button"
        className="line-slot__last"
        aria-expanded={isOpen}
        title={t("fly.line.all")}
        data-testid="command-line"
        onClick={(event) => {
          if (event.detail > 0) event.currentTarget.blur();
          setIsOpen((open) => !open);
        }}
      >
        <span className="line-slot__lines" role="status">
          {shown.map((line) => {
            const { tone, words } = textOf(line);
            return (
              <span key={line.lineId} data-tone={tone} title={words}>
                {SIGN[tone]} {words}
              </span>
            );
          })}
        </span>
        <span className="line-slot__more">{moreWords(t, countOfMore, shown.length === 0)}</span>
      </button>
      {isOpen && <LineList lines={lines} onClose={() => setIsOpen(false)} />}
    </div>
  );
}

/** There is no room for the text beside a line; the tooltip has it. */
function moreWords(t: Translate, countOfMore: number, isIdle: boolean): string {
  if (countOfMore > 0) return t("fly.line.morePending", { count: countOfMore });
  return isIdle ? `${t("fly.line.all")} ▾` : "▾";
}

type LineListProps = { readonly lines: readonly CommandLine[]; readonly onClose: () => void };

function LineList({ lines, onClose }: LineListProps) {
  const t = useText();
  const textOf = useLineText();
  return (
    <div className="app-pop line-slot__list" role="dialog" aria-label={t("fly.line.all")} data-testid="command-lines">
      {lines.length === 0 && <p>{t("fly.line.none")}</p>}
      <ol>
        {[...lines].reverse().map((line) => {
          const { tone, words } = textOf(line);
          return (
            <li key={line.lineId} data-tone={tone}>
              {SIGN[tone]} {words}
            </li>
          );
        })}
      </ol>
      <Button label={t("app.close")} isSmall onPress={onClose} />
    </div>
  );
}
