import { type FocusEvent, type KeyboardEvent, useId, useState } from "react";
import { useText } from "../../app/text.js";
import { useFormat } from "../../app/useFormat.js";
import { matchWords, whyNoPosition } from "./findWords.js";
import type { Found, FindMatch } from "./findMatches.js";

type FindFieldProps = {
  readonly find: (typed: string) => Found;
  readonly onChoose: (match: FindMatch, label: string) => void;
  readonly onClose: () => void;
};

/** A field with the matches below it: arrows choose, Enter goes there, Escape or leaving the field closes it. */
export function FindField({ find, onChoose, onClose }: FindFieldProps) {
  const t = useText();
  const format = useFormat();
  const id = useId();
  const [typed, setTyped] = useState("");
  const [picked, setPicked] = useState(0);
  const { matches, failure } = find(typed);
  const rows = matches.map((match) => ({ match, ...matchWords(match, t, format) }));
  const active = Math.min(picked, rows.length - 1);
  const choose = (row: (typeof rows)[number] | undefined): void => {
    if (!row || row.match.isTooFar) return;
    onChoose(row.match, row.title);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0) setPicked((active + step + rows.length) % Math.max(1, rows.length));
    else if (event.key === "Enter") choose(rows[active]);
    else if (event.key === "Escape") onClose();
    else return;
    event.preventDefault();
  };
  const onBlur = (event: FocusEvent): void => {
    // The button beside the field closes it by itself.
    if (!event.currentTarget.parentElement?.contains(event.relatedTarget)) onClose();
  };
  const why = typed.trim() === "" ? t("scene.find.forms") : rows.length === 0 && failure && whyNoPosition(failure, t);
  return (
    <div className="scene-find ui-text" onBlur={onBlur} data-testid="find">
      <label htmlFor={id} className="ui-visually-hidden">
        {t("scene.find.label")}
      </label>
      <input
        id={id}
        role="combobox"
        aria-expanded={rows.length > 0}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={rows.length > 0 ? `${id}-${active}` : undefined}
        // It was asked for by key or button: what is typed next belongs into it.
        autoFocus
        value={typed}
        maxLength={80}
        placeholder={t("scene.find.label")}
        spellCheck={false}
        autoComplete="off"
        data-testid="find-field"
        onChange={(event) => {
          setTyped(event.target.value);
          setPicked(0);
        }}
        onKeyDown={onKeyDown}
      />
      <ul id={`${id}-list`} role="listbox" aria-label={t("scene.find.matches")}>
        {rows.map((row, index) => (
          <li
            key={row.key}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === active}
            aria-disabled={row.match.isTooFar}
            data-testid="find-match"
            // The field keeps the focus, or it would close before the click.
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => choose(row)}
          >
            <span>{row.title}</span>
            <small>{row.facts}</small>
          </li>
        ))}
      </ul>
      <p className="ui-text__note" role="status" data-testid="find-why">
        {why}
      </p>
    </div>
  );
}
