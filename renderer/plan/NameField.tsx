import { useLatest } from "../bridge/latest.js";
import { useText } from "../app/text.js";
import { edit, isUnsaved } from "./deskState.js";
import { useDesk } from "./DeskContext.js";

export function NameField() {
  const t = useText();
  const { desk, change } = useDesk();
  const name = useLatest(desk, ({ history }) => history.present.name);
  const isDirty = useLatest(desk, isUnsaved);
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
