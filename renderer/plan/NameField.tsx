import { useLatest } from "../bridge/latest.js";
import { useText } from "../app/text.js";
import { edit, isUnsaved } from "./planEditorState.js";
import { usePlanEditor } from "./PlanEditorContext.js";

export function NameField() {
  const t = useText();
  const { state, change } = usePlanEditor();
  const name = useLatest(state, ({ history }) => history.present.name);
  const isDirty = useLatest(state, isUnsaved);
  return (
    <label className="plan-name">
      <input
        aria-label={t("plan.name")}
        data-testid="plan-name"
        value={name}
        maxLength={80}
        spellCheck={false}
        onChange={(event) => {
          const typed = event.currentTarget.value;
          change((before) => edit(before, { kind: "rename", name: typed }));
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter" || event.key === "Escape") event.currentTarget.blur();
        }}
      />
      <span>{isDirty ? `• ${t("plan.unsaved")}` : "\u00a0"}</span>
    </label>
  );
}
