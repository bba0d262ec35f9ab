import { useState } from "react";
import { type StartMistake, readStart } from "../../../src/plan/startTime.js";
import type { Format } from "../../app/format.js";
import { useText } from "../../app/text.js";
import { useFormat } from "../../app/useFormat.js";
import { useTick } from "../../app/useTick.js";
import { useLatest } from "../../bridge/latest.js";
import { useStation } from "../../bridge/StoresContext.js";
import { Button } from "../../ui/Button.js";
import { TextField } from "../../ui/TextField.js";
import { edit } from "../planEditorState.js";
import { usePlanEditor } from "../PlanEditorContext.js";
import { stationNowMs } from "./planHour.js";

/** As it may be typed again: the day in the language's form, and the minute. */
const typedForm = (format: Format, unixMs: number): string =>
  `${format.utcDateText(unixMs * 1000)} ${format.utcText(unixMs * 1000).slice(0, 5)}`;

type Typed = { readonly text: string; readonly before: string; readonly mistake: StartMistake | undefined };

/** When the plan is flown. What is typed counts on Enter or on leaving the field; Escape takes it back. */
export function StartField() {
  const t = useText();
  const format = useFormat();
  const station = useStation();
  const { state, change } = usePlanEditor();
  const startsAtUnixMs = useLatest(state, ({ history }) => history.present.startsAtUnixMs);
  const shown = startsAtUnixMs === undefined ? "" : typedForm(format, startsAtUnixMs);
  const [draft, setDraft] = useState<Typed | undefined>();
  // Undo, redo and another plan show their own hour, not what was being typed for the one before.
  const typed = draft?.before === shown ? draft : undefined;
  const isPast = useTick(() => startsAtUnixMs !== undefined && startsAtUnixMs < (stationNowMs(station) ?? 0) - 60_000);

  const set = (next: number | undefined): void => {
    setDraft(undefined);
    change((before) => edit(before, { kind: "set-start", startsAtUnixMs: next }));
  };
  const commit = (): void => {
    if (!typed || typed.text === shown) {
      setDraft(undefined);
      return;
    }
    if (typed.text.trim() === "") {
      set(undefined);
      return;
    }
    const start = readStart(typed.text, { nowUnixMs: stationNowMs(station), isDayFirst: format.language === "fr" });
    if (start.ok) set(start.value);
    else setDraft({ ...typed, mistake: start.error });
  };
  const hint = t(startsAtUnixMs === undefined ? "plan.start.note.now" : "plan.start.note");
  return (
    <div
      className="plan-start"
      onBlur={(event) => {
        // On the way to the button beside it what was typed is given up, not taken.
        if (!event.currentTarget.contains(event.relatedTarget)) commit();
      }}
    >
      <TextField
        label={t("plan.start")}
        value={typed?.text ?? shown}
        placeholder={t("plan.start.empty")}
        isMono
        maxLength={40}
        problem={typed?.mistake && t(`plan.start.${typed.mistake}`)}
        note={isPast ? `▲ ${t("plan.start.past")}` : hint}
        testId="plan-start"
        onChange={(text) => setDraft({ text, before: shown, mistake: undefined })}
        onEnter={commit}
        onKeyDown={(event) => {
          if (event.key === "Escape") setDraft(undefined);
        }}
      />
      {(startsAtUnixMs !== undefined || typed !== undefined) && (
        <Button label={t("plan.start.now")} testId="plan-start-now" onPress={() => set(undefined)} />
      )}
    </div>
  );
}
