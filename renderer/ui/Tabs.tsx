import type { KeyboardEvent } from "react";

type TabsProps<Id extends string> = {
  readonly label: string;
  readonly tabs: readonly {
    readonly id: Id;
    readonly label: string;
    readonly shortcut?: string | undefined;
    /** A longer description, shown where there is room (vertical tabs). */
    readonly hint?: string | undefined;
  }[];
  readonly selected: Id;
  readonly onSelect: (id: Id) => void;
  readonly isVertical?: boolean | undefined;
  /** Ids of the elements: the tab's, and the panel it opens. */
  readonly panelId?: string | undefined;
};

const STEPS: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 };

/** The index an arrow key, Home or End leads to, wrapping round at the ends; undefined for other keys. */
function nextIndex(key: string, at: number, countOfTabs: number): number | undefined {
  if (key === "Home") return 0;
  if (key === "End") return countOfTabs - 1;
  const step = STEPS[key];
  return step === undefined ? undefined : (at + step + countOfTabs) % countOfTabs;
}

/** Tabs: one tab stop, arrow keys within: https://www.w3.org/WAI/ARIA/apg/patterns/tabs/ */
export function Tabs<Id extends string>(props: TabsProps<Id>) {
  const { label, tabs, selected, onSelect, isVertical, panelId } = props;
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    const at = tabs.findIndex(({ id }) => id === selected);
    const next = nextIndex(event.key, at, tabs.length);
    const tab = next === undefined ? undefined : tabs[next];
    if (!tab || next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    onSelect(tab.id);
    event.currentTarget.querySelectorAll<HTMLElement>('[role="tab"]')[next]?.focus();
  };
  return (
    <div
      className={`ui-tabs${isVertical ? " ui-tabs--vertical" : ""}`}
      role="tablist"
      aria-label={label}
      aria-orientation={isVertical ? "vertical" : "horizontal"}
      onKeyDown={onKeyDown}
    >
      {tabs.map((tab) => (
        <button
          key={tab.id}
          type="button"
          role="tab"
          aria-selected={tab.id === selected}
          aria-controls={tab.id === selected ? panelId : undefined}
          aria-keyshortcuts={tab.shortcut}
          tabIndex={tab.id === selected ? 0 : -1}
          title={tab.shortcut === undefined ? undefined : `${tab.label} (${tab.shortcut})`}
          data-testid={`tab-${tab.id}`}
          onClick={(event) => {
            if (event.detail > 0) event.currentTarget.blur();
            onSelect(tab.id);
          }}
        >
          <span>{tab.label}</span>
          {tab.hint !== undefined && <small>{tab.hint}</small>}
          {isVertical && tab.shortcut !== undefined && <kbd aria-hidden="true">{tab.shortcut}</kbd>}
        </button>
      ))}
    </div>
  );
}
