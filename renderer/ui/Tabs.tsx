import { Tabs as Base } from "@base-ui/react/tabs";

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
  /** Id of the panel that the selected tab opens. */
  readonly panelId?: string | undefined;
};

/** Tabs with one tab stop; arrow keys, Home and End select. Focus and keys come from Base UI, the look is ours. */
export function Tabs<Id extends string>(props: TabsProps<Id>) {
  const { label, tabs, selected, onSelect, isVertical = false, panelId } = props;
  return (
    <Base.Root
      className="ui-tabs-root"
      orientation={isVertical ? "vertical" : "horizontal"}
      value={selected}
      onValueChange={(id: Id) => onSelect(id)}
    >
      <Base.List
        className={`ui-tabs${isVertical ? " ui-tabs--vertical" : ""}`}
        activateOnFocus
        aria-label={label}
        // These keys are the tabs' own here: no shortcut of the page takes them.
        onKeyDown={(event) => {
          if (/^(Arrow|Home|End)/.test(event.key)) event.stopPropagation();
        }}
      >
        {tabs.map((tab) => (
          <Base.Tab
            key={tab.id}
            value={tab.id}
            aria-controls={tab.id === selected ? panelId : undefined}
            aria-keyshortcuts={tab.shortcut}
            title={tab.shortcut === undefined ? undefined : `${tab.label} (${tab.shortcut})`}
            data-testid={`tab-${tab.id}`}
            // A click by pointer removes the focus, or the next space bar would press this tab.
            onClick={(event) => {
              if (event.detail > 0) event.currentTarget.blur();
            }}
          >
            <span>{tab.label}</span>
            {tab.hint !== undefined && <small>{tab.hint}</small>}
            {isVertical && tab.shortcut !== undefined && <kbd aria-hidden="true">{tab.shortcut}</kbd>}
          </Base.Tab>
        ))}
      </Base.List>
    </Base.Root>
  );
}
