import { useCallback, useMemo } from "react";
import type { Param } from "../../../src/vehicle/params.js";
import { useText } from "../../app/text.js";
import { useFormat } from "../../app/useFormat.js";
import { useWhole } from "../../bridge/latest.js";
import { useStore } from "../../bridge/StoresContext.js";
import { Segments } from "../../ui/Segments.js";
import { SelectField } from "../../ui/SelectField.js";
import { TextField } from "../../ui/TextField.js";
import { VirtualList } from "../../ui/VirtualList.js";
import { setupStore } from "../setupStore.js";
import { favouritesStore } from "./favourites.js";
import { groupsOf, shownParams } from "./paramFilter.js";
import { choiceOf, isChanged, numberText } from "./paramValue.js";

/** Height of a row here and in the comparison. */
export const PARAM_ROW_HEIGHT_PX = 48;
const ALL_GROUPS = "";
export const SEARCH_ID = "param-search";
export const VALUE_ID = "param-value";

function Star({ name, isFavourite }: { readonly name: string; readonly isFavourite: boolean }) {
  const t = useText();
  const favourites = useStore(favouritesStore);
  const label = t(isFavourite ? "setup.params.favourite.remove" : "setup.params.favourite.add", { name });
  return (
    <button
      type="button"
      className="setup-star"
      // Reached by the key S on the list: 1,400 more tab stops would make the Tab key useless.
      tabIndex={-1}
      aria-label={label}
      aria-pressed={isFavourite}
      title={label}
      data-testid={`param-star-${name}`}
      onClick={(event) => {
        event.stopPropagation();
        event.currentTarget.blur();
        favourites.toggle(name);
      }}
    >
      {isFavourite ? "★" : "☆"}
    </button>
  );
}

function Row({ param, isFavourite }: { readonly param: Param; readonly isFavourite: boolean }) {
  const t = useText();
  const { decimalMark } = useFormat();
  const { name, value, metadata } = param;
  const choice = choiceOf(param, value);
  const isOther = isChanged(param);
  return (
    <div className="setup-param" data-testid={`param-${name}`} data-changed={isOther}>
      <Star name={name} isFavourite={isFavourite} />
      <span className="setup-param__what">
        <code>{name}</code>
        <small>
          {param.awaitsReboot && <em>▲ {t("setup.params.mark.awaits")}</em>}
          {metadata?.isReadOnly && <span>{t("setup.params.mark.read-only")} · </span>}
          {metadata?.title}
        </small>
      </span>
      <span className="setup-param__value">
        <b>
          {isOther && <span aria-hidden="true">≠ </span>}
          {numberText(value, decimalMark)}
          {metadata?.unit !== undefined && <i> {metadata.unit}</i>}
        </b>
        <small>
          {choice}
          {choice === undefined &&
            isOther &&
            metadata?.defaultValue !== undefined &&
            t("setup.params.default", { value: numberText(metadata.defaultValue, decimalMark) })}
        </small>
      </span>
    </div>
  );
}

/** Search, filters, groups, and the visible rows of the matching parameters. */
export function ParamList({ params }: { readonly params: ReadonlyMap<string, Param> }) {
  const t = useText();
  const paramStore = useStore(setupStore).params;
  const view = useWhole(paramStore.view);
  const selected = useWhole(paramStore.selected);
  const starred = useWhole(useStore(favouritesStore).names);
  const groups = useMemo(() => groupsOf(params.values()), [params]);
  const shown = useMemo(() => shownParams(params.values(), view, starred), [params, view, starred]);
  const select = useCallback(({ name }: Param) => paramStore.selected.set(name), [paramStore]);
  const renderRow = useCallback(
    (param: Param) => <Row param={param} isFavourite={starred.has(param.name)} />,
    [starred],
  );
  const none = view.filter === "all" || view.search !== "" ? "" : (`.${view.filter}` as const);
  return (
    <section className="ui-panel setup-params__list" aria-label={t("setup.params.list")}>
      <div className="setup-tools">
        <TextField
          label={t("setup.params.search")}
          isLabelHidden
          kind="search"
          fieldId={SEARCH_ID}
          value={view.search}
          placeholder={t("setup.params.search")}
          onChange={(search) => paramStore.view.set({ ...view, search })}
          testId="param-search"
        />
        <SelectField
          label={t("setup.params.groups")}
          isLabelHidden
          selected={view.group ?? ALL_GROUPS}
          options={[
            { id: ALL_GROUPS, label: t("setup.params.groups.all") },
            ...groups.map(({ name, count }) => ({ id: name, label: `${name} (${count})` })),
          ]}
          onSelect={(group) => paramStore.view.set({ ...view, group: group === ALL_GROUPS ? undefined : group })}
          testId="param-group"
        />
        <Segments
          label={t("setup.params.filter")}
          selected={view.filter}
          onSelect={(filter) => paramStore.view.set({ ...view, filter })}
          testId="param-filter"
          options={(["all", "favourites", "changed"] as const).map((id) => ({
            id,
            label: t(`setup.params.filter.${id}`),
          }))}
        />
        <span className="setup-count" role="status" data-testid="param-count">
          {t("setup.params.count", { shown: shown.length, all: params.size })}
        </span>
      </div>
      {shown.length === 0 ? (
        <p className="setup-none">{t(`setup.params.none-found${none}`)}</p>
      ) : (
        <VirtualList
          label={t("setup.params.list")}
          items={shown}
          keyOf={({ name }) => name}
          rowHeightPx={PARAM_ROW_HEIGHT_PX}
          selectedKey={selected}
          onSelect={select}
          onOpen={() => document.getElementById(VALUE_ID)?.focus()}
          renderRow={renderRow}
          testId="param-list"
        />
      )}
    </section>
  );
}
