import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import type { AutomaticCheck, Checklist, ChecklistItem } from "../../../src/vehicle/checklist.js";
import { useText } from "../../app/text.js";
import { useWhole } from "../../bridge/latest.js";
import { useStation } from "../../bridge/StoresContext.js";
import { Button } from "../../ui/Button.js";
import { CheckBox } from "../../ui/CheckBox.js";
import { Panel } from "../../ui/Panel.js";
import { SelectField } from "../../ui/SelectField.js";
import { TextField } from "../../ui/TextField.js";
import { FailureToast } from "../FailureToast.js";
import { useAsk } from "../useAsk.js";
import type { VehicleFacts } from "../useVehicles.js";
import {
  firstEmpty,
  isSameChecklist,
  movedItem,
  unusedChecks,
  withAutomatic,
  withItem,
  withoutItem,
  withText,
} from "./checklistEdit.js";
import { useFormat } from "../../app/useFormat.js";

// The contract's bounds.
const TEXT_MAX = 1000;
const ITEMS_MAX = 200;

type ItemProps = {
  readonly item: ChecklistItem;
  readonly number: number;
  readonly isFirst: boolean;
  readonly isLast: boolean;
  readonly onText: (text: string) => void;
  readonly onMove: (step: -1 | 1) => void;
  readonly onRemove: () => void;
  readonly onBelow: () => void;
};

function Item({ item, number, isFirst, isLast, onText, onMove, onRemove, onBelow }: ItemProps) {
  const t = useText();
  const format = useFormat();
  const label = t("setup.check.item", { number });
  const words = item.automatic === undefined ? item.text : t(`check.auto.${item.automatic}`);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
    event.preventDefault();
    onMove(event.key === "ArrowUp" ? -1 : 1);
  };
  const named = (what: string): string => format.labelled(what, words === "" ? label : words);
  return (
    <li className="setup-item" data-testid={`check-${item.id}`} data-item={item.id} onKeyDown={onKeyDown}>
      <span className="setup-item__number">{number}</span>
      {item.automatic === undefined ? (
        <TextField
          label={label}
          isLabelHidden
          value={item.text}
          placeholder={t("setup.check.placeholder")}
          maxLength={TEXT_MAX}
          onChange={onText}
          onEnter={onBelow}
          testId={`check-text-${item.id}`}
        />
      ) : (
        <span className="setup-item__auto" title={t("setup.check.auto.note")}>
          {words}
        </span>
      )}
      <small>{t(item.automatic === undefined ? "setup.check.by-crew" : "setup.check.by-station")}</small>
      <span className="setup-item__do">
        <IconButton sign="↑" label={named(t("setup.check.up"))} isOff={isFirst} onPress={() => onMove(-1)} name="up" />
        <IconButton
          sign="↓"
          label={named(t("setup.check.down"))}
          isOff={isLast}
          onPress={() => onMove(1)}
          name="down"
        />
        <IconButton sign="✕" label={named(t("setup.check.remove"))} onPress={onRemove} name="remove" />
      </span>
    </li>
  );
}

type IconButtonProps = {
  readonly sign: string;
  readonly label: string;
  readonly isOff?: boolean;
  readonly onPress: () => void;
  readonly name: string;
};

function IconButton({ sign, label, isOff = false, onPress, name }: IconButtonProps) {
  return (
    <button
      type="button"
      className="setup-icon"
      aria-label={label}
      title={label}
      aria-disabled={isOff}
      data-do={name}
      onClick={() => {
        if (!isOff) onPress();
      }}
    >
      {sign}
    </button>
  );
}

function AddRow({
  draft,
  onDraft,
  onAdd,
}: {
  readonly draft: Checklist;
  readonly onDraft: (draft: Checklist) => void;
  readonly onAdd: () => void;
}) {
  const t = useText();
  const unused = unusedChecks(draft);
  return (
    <div className="setup-form__row setup-add-item">
      <Button label={t("setup.check.add")} onPress={onAdd} testId="check-add" />
      {unused.length === 0 ? (
        <small>{t("setup.check.add-auto.none")}</small>
      ) : (
        <SelectField<AutomaticCheck | "">
          label={t("setup.check.add-auto")}
          isLabelHidden
          selected=""
          options={[
            { id: "", label: `${t("setup.check.add-auto")}…` },
            ...unused.map((id) => ({ id, label: t(`check.auto.${id}`) })),
          ]}
          onSelect={(id) => {
            if (id !== "") onDraft(withAutomatic(draft, id));
          }}
          testId="check-add-auto"
        />
      )}
    </div>
  );
}

type EditorProps = { readonly vehicle: VehicleFacts; readonly saved: Checklist };

function Editor({ vehicle, saved }: EditorProps) {
  const t = useText();
  const { name, id } = vehicle;
  // Undefined while nothing was edited here: then changes saved by another screen show at once.
  const [edited, setEdited] = useState<Checklist | undefined>(undefined);
  const draft = edited ?? saved;
  const [focusId, setFocusId] = useState<string | undefined>(undefined);
  const listRef = useRef<HTMLOListElement>(null);
  const { state, ask, forget } = useAsk();
  useEffect(() => {
    if (focusId === undefined) return;
    listRef.current?.querySelector<HTMLElement>(`[data-item="${CSS.escape(focusId)}"] input`)?.focus();
  }, [focusId]);
  const change = (next: Checklist): void => {
    setEdited(isSameChecklist(next, saved) ? undefined : next);
    forget();
  };
  const addBelow = (index?: number): void => {
    if (draft.items.length >= ITEMS_MAX) return;
    const added = withItem(draft, index);
    change(added.checklist);
    setFocusId(added.id);
  };
  const save = async (): Promise<void> => {
    const reply = await ask({ kind: "save-checklist", vehicleId: id, checklist: draft });
    if (reply.ok) setEdited(undefined);
  };
  const isSame = isSameChecklist(draft, saved);
  const empty = firstEmpty(draft);
  const because = (): string | undefined => {
    if (isSame) return t("setup.check.same");
    return empty === undefined ? undefined : t("setup.check.empty-text", { number: empty });
  };
  const saveBecause = because();
  return (
    <Panel title={t("setup.check.title", { name })} testId="checklist">
      <p className="setup-dim">{t("setup.check.about")}</p>
      <CheckBox
        label={t("setup.check.blocking")}
        isChecked={draft.isBlocking}
        onChange={(isBlocking) => change({ ...draft, isBlocking })}
        testId="check-blocking"
      >
        <small>{t(draft.isBlocking ? "setup.check.blocking.on" : "setup.check.blocking.off", { name })}</small>
      </CheckBox>
      <h3>{t("setup.check.items")}</h3>
      {draft.items.length === 0 && <p>{t("setup.check.empty")}</p>}
      <ol className="setup-items" ref={listRef}>
        {draft.items.map((item, i) => (
          <Item
            key={item.id}
            item={item}
            number={i + 1}
            isFirst={i === 0}
            isLast={i === draft.items.length - 1}
            onText={(text) => change(withText(draft, item.id, text))}
            onMove={(step) => change(movedItem(draft, item.id, step))}
            onRemove={() => change(withoutItem(draft, item.id))}
            onBelow={() => addBelow(i)}
          />
        ))}
      </ol>
      <AddRow draft={draft} onDraft={change} onAdd={() => addBelow()} />
      <p className="setup-dim">{t("setup.check.keys")}</p>
      <div className="setup-form__row setup-save">
        <Button
          label={t("setup.check.save", { name })}
          tone="select"
          onPress={() => void save()}
          disabledBecause={saveBecause}
          isBusy={state.kind === "pending"}
          testId="check-save"
        />
        {!isSame && <Button label={t("setup.check.discard")} onPress={() => change(saved)} testId="check-discard" />}
        <span role="status" data-testid="check-state">
          {!isSame && empty !== undefined && `▲ ${t("setup.check.empty-text", { number: empty })}`}
          {!isSame && empty === undefined && t("setup.check.unsaved")}
          {isSame && state.kind === "done" && `✓ ${t("setup.check.saved")}`}
        </span>
      </div>
      {state.kind === "failed" && <FailureToast failure={state.failure} testId="check-failure" />}
    </Panel>
  );
}

/** Editor of an aircraft's checklist. Unsaved edits stay when another screen saves. */
export function ChecklistPage({ vehicle }: { readonly vehicle: VehicleFacts }) {
  const t = useText();
  const saved = useWhole(useStation().services.checklists).get(vehicle.id)?.checklist;
  if (!saved) return <p className="setup-none">{t("setup.check.waiting")}</p>;
  return <Editor vehicle={vehicle} saved={saved} />;
}
