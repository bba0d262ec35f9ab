import { useSyncExternalStore } from "react";
import type { PlanItem } from "../../src/plan/plan.js";
import { useText } from "../app/text.js";
import { useFormat } from "../app/useFormat.js";
import { useLatest } from "../bridge/latest.js";
import { ActionButton } from "../ui/ActionButton.js";
import { Panel } from "../ui/Panel.js";
import { canStepBack, canStepForward, select, takeTool } from "./planEditorState.js";
import { usePlanEditor } from "./PlanEditorContext.js";
import { itemDetail, itemTitle } from "./itemText.js";
import type { PlanActions } from "./planActions.js";
import { PlanFilesRow } from "./PlanFilesRow.js";
import { FlightTideFacts } from "./start/FlightTideFacts.js";
import { StartField } from "./start/StartField.js";

const GLYPH = { simple: "●", sweep: "▦", opaque: "▢" } as const;

function ItemRow({
  item,
  index,
  isSelected,
}: {
  readonly item: PlanItem;
  readonly index: number;
  readonly isSelected: boolean;
}) {
  const t = useText();
  const format = useFormat();
  const { change } = usePlanEditor();
  return (
    <li>
      <button
        type="button"
        className="plan-row"
        aria-pressed={isSelected}
        data-testid={`plan-item-${index}`}
        onClick={() => change((before) => select(before, item.id, undefined))}
      >
        <span className="plan-row__glyph" aria-hidden="true">
          {GLYPH[item.kind]}
        </span>
        <span>
          <b>{itemTitle(t, format, item)}</b>
          <small>{itemDetail(t, format, item)}</small>
        </span>
      </button>
    </li>
  );
}

function HomeRow() {
  const t = useText();
  const format = useFormat();
  const { state, change } = usePlanEditor();
  const home = useSyncExternalStore(state.onChange, () => state.get().history.present.plannedHome);
  const isPlacing = useLatest(state, ({ tool }) => tool === "home");
  return (
    <li>
      <button
        type="button"
        className="plan-row"
        aria-pressed={isPlacing}
        title={t("plan.home.set")}
        data-testid="plan-home"
        onClick={() => change((before) => takeTool(before, isPlacing ? "select" : "home"))}
      >
        <span className="plan-row__glyph" aria-hidden="true">
          ⌂
        </span>
        <span>
          <b>{t("plan.home")}</b>
          <small>{home ? format.positionText(home.position) : t("plan.home.none")}</small>
        </span>
      </button>
    </li>
  );
}

/** The plan's items as a list, with the drawing tools. */
export function PlanList({
  actions,
  onMessage,
}: {
  readonly actions: PlanActions;
  readonly onMessage: (words: string) => void;
}) {
  const t = useText();
  const { state } = usePlanEditor();
  const items = useSyncExternalStore(state.onChange, () => state.get().history.present.items);
  const selected = useLatest(state, ({ selectedItemId }) => selectedItemId);
  const isDrawing = useLatest(state, ({ tool }) => tool === "draw");
  // The buttons read their action records; this selector re-renders them when an answer may have changed.
  useLatest(state, (d) => [canStepBack(d), canStepForward(d), d.draft.length >= 3, d.draft.length > 0].join());
  return (
    <Panel
      title={t("plan.items")}
      isFlush
      aside={<PlanFilesRow onMessage={onMessage} save={actions.save} />}
      testId="plan-list"
    >
      <div className="plan-tools">
        <ActionButton
          action={isDrawing ? actions.leave : actions.draw}
          isPressed={isDrawing}
          label={t("plan.draw")}
          isSmall
        />
        {isDrawing && <ActionButton action={actions.close} tone="select" isSmall />}
        <ActionButton action={actions.undo} isSmall />
        <ActionButton action={actions.redo} isSmall />
      </div>
      <section className="plan-when" aria-label={t("plan.start")}>
        <StartField />
        <FlightTideFacts />
      </section>
      {items.length === 0 && <p className="plan-empty">{t("plan.items.empty")}</p>}
      <ol className="plan-rows">
        <HomeRow />
        {items.map((item, index) => (
          <ItemRow key={item.id} item={item} index={index} isSelected={item.id === selected} />
        ))}
      </ol>
      {selected !== undefined && (
        <div className="plan-tools">
          <ActionButton action={actions.remove} isSmall />
        </div>
      )}
    </Panel>
  );
}
