import { useText } from "../../app/text.js";
import { useLatest, useWhole } from "../../bridge/latest.js";
import { useStation } from "../../bridge/StoresContext.js";
import type { ChecklistItem } from "../../../src/vehicle/checklist.js";
import { planAboardOf } from "../../../src/vehicle/selectors/planAboard.js";
import { CheckBox } from "../../ui/CheckBox.js";
import { isOtherPlan } from "./planLine.js";

/** The crew's pre-flight checklist: items ticked by the user, or checked by the station. It may prevent arming. */
export function ChecklistPanel() {
  const t = useText();
  const station = useStation();
  const target = useLatest(station.target, (id) => id);
  const states = useWhole(station.services.checklists);
  const plans = useWhole(station.aircraftPlan);
  const shown = useWhole(station.shownPlan);
  const state = target === undefined ? undefined : states.get(target);
  if (target === undefined || !state || state.checklist.items.length === 0) return null;
  const { checklist } = state;
  // The station checks the plan on board, but the user would read it as the plan on screen.
  const isOther = isOtherPlan(planAboardOf(plans.get(target), shown));
  const isHeldBack = ({ id, automatic }: ChecklistItem): boolean =>
    isOther && automatic === "plan-verified" && state.doneIds.includes(id);
  const doneIds = checklist.items.flatMap((item) =>
    state.doneIds.includes(item.id) && !isHeldBack(item) ? [item.id] : [],
  );
  const countOfOpen = checklist.items.length - doneIds.length;
  const tick = (itemId: string, isDone: boolean): void => {
    void station.request({ kind: "tick", vehicleId: target, itemId, isDone });
  };
  const summary = countOfOpen === 0 ? "complete" : checklist.isBlocking ? "blocking" : "open";
  return (
    <section className="fly-checks" data-testid="checklist">
      <h3>
        {t("fly.checklist")}{" "}
        <span data-tone={countOfOpen === 0 ? "good" : "caution"}>
          {t(`fly.checklist.${summary}`, { count: countOfOpen })}
        </span>
      </h3>
      <ul>
        {checklist.items.map((item) => (
          <li key={item.id}>
            <Check
              item={item}
              isDone={doneIds.includes(item.id)}
              note={isHeldBack(item) ? t("fly.checklist.otherPlan") : undefined}
              onTick={(isDone) => tick(item.id, isDone)}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}

type CheckProps = {
  readonly item: ChecklistItem;
  readonly isDone: boolean;
  readonly note: string | undefined;
  readonly onTick: (isDone: boolean) => void;
};

function Check({ item, isDone, note, onTick }: CheckProps) {
  const t = useText();
  if (item.automatic === undefined) {
    return <CheckBox label={item.text} isChecked={isDone} onChange={onTick} testId={`check-${item.id}`} />;
  }
  const words = t(`check.auto.${item.automatic}`);
  // Checked by the station: the user cannot tick it, so it is no check box.
  return (
    <p className="fly-check-auto" data-tone={isDone ? "good" : "caution"} data-testid={`check-${item.id}`}>
      <span aria-hidden="true">{isDone ? "✓" : "○"}</span> {item.text === "" ? words : `${item.text} (${words})`}
      {note === undefined ? "" : `: ${note}`}{" "}
      <span className="ui-visually-hidden">{t(isDone ? "fly.checklist.done" : "fly.checklist.notDone")}</span>
    </p>
  );
}
