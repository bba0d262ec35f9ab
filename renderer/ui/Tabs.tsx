type TabsProps<Id extends string> = {
  readonly label: string;
  readonly tabs: readonly { readonly id: Id; readonly label: string; readonly shortcut?: string | undefined }[];
  readonly selected: Id;
  readonly onSelect: (id: Id) => void;
};

export function Tabs<Id extends string>({ label, tabs, selected, onSelect }: TabsProps<Id>) {
  return (
    <div className="ui-tabs" role="tablist" aria-label={label}>
      {tabs.map((tab) => (
        <button
          key={tab.id}
          type="button"
          role="tab"
          aria-selected={tab.id === selected}
          aria-keyshortcuts={tab.shortcut}
          title={tab.shortcut === undefined ? undefined : `${tab.label} (${tab.shortcut})`}
          data-testid={`tab-${tab.id}`}
          onClick={(event) => {
            if (event.detail > 0) event.currentTarget.blur();
            onSelect(tab.id);
          }}
        >
          {tab.label}
        </button>
      ))}
    </div>
  );
}
