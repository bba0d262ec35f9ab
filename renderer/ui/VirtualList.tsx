import {
  type KeyboardEvent,
  type ReactNode,
  memo,
  useCallback,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { steppedIndex, windowOf } from "./listWindow.js";

type VirtualListProps<T> = {
  readonly label: string;
  readonly items: readonly T[];
  readonly keyOf: (item: T) => string;
  readonly rowHeightPx: number;
  readonly selectedKey: string | undefined;
  readonly onSelect: (item: T) => void;
  /** Enter or the space bar on the selected row. */
  readonly onOpen?: ((item: T) => void) | undefined;
  /** Must be stable between renders, like `onSelect`, or every visible row is re-rendered. */
  readonly renderRow: (item: T) => ReactNode;
  readonly testId?: string | undefined;
};

/** Height assumed before the list is measured, and where nothing can be measured (tests). */
const HEIGHT_GUESS_PX = 600;

type RowProps<T> = Pick<VirtualListProps<T>, "onSelect" | "renderRow"> & {
  readonly item: T;
  readonly id: string;
  readonly index: number;
  readonly countOfRows: number;
  readonly heightPx: number;
  readonly isSelected: boolean;
};

function Row<T>({ item, id, index, countOfRows, heightPx, isSelected, onSelect, renderRow }: RowProps<T>) {
  return (
    <div
      id={id}
      className="ui-list__row"
      role="option"
      aria-selected={isSelected}
      aria-setsize={countOfRows}
      aria-posinset={index + 1}
      style={{ top: index * heightPx, height: heightPx }}
      onClick={() => onSelect(item)}
    >
      {renderRow(item)}
    </div>
  );
}

/** Visible rows are not re-rendered while others come and go: scrolling renders only the new ones. */
const ListRow = memo(Row) as typeof Row;

/**
 * A list that renders only its visible rows. One tab stop: arrows, PageUp, PageDown, Home and End move the selection,
 * which is scrolled into view.
 */
export function VirtualList<T>(props: VirtualListProps<T>) {
  const { label, items, keyOf, rowHeightPx, selectedKey, onSelect, onOpen, renderRow, testId } = props;
  const boxRef = useRef<HTMLDivElement>(null);
  const [heightPx, setHeightPx] = useState(HEIGHT_GUESS_PX);
  // Counted in rows, so that scrolling within a row renders nothing.
  const [topRow, setTopRow] = useState(0);
  const selectedIndex = selectedKey === undefined ? -1 : items.findIndex((item) => keyOf(item) === selectedKey);
  const shown = windowOf({ topRow, heightPx, rowHeightPx, countOfRows: items.length });

  useEffect(() => {
    const box = boxRef.current;
    if (!box) return undefined;
    const observer = new ResizeObserver(() => setHeightPx(box.clientHeight || HEIGHT_GUESS_PX));
    observer.observe(box);
    return () => observer.disconnect();
  }, []);

  const reveal = useCallback(
    (index: number): void => {
      const box = boxRef.current;
      if (!box || index < 0) return;
      const topPx = index * rowHeightPx;
      const seenPx = box.clientHeight || HEIGHT_GUESS_PX;
      const isAbove = topPx < box.scrollTop;
      const isBelow = topPx + rowHeightPx > box.scrollTop + seenPx;
      // A selection just outside is scrolled to the edge; one further away to the middle, with its surroundings.
      const isFar = topPx < box.scrollTop - seenPx || topPx > box.scrollTop + 2 * seenPx;
      if (isFar) box.scrollTop = topPx - seenPx / 2;
      else if (isAbove) box.scrollTop = topPx;
      else if (isBelow) box.scrollTop = topPx + rowHeightPx - seenPx;
      setTopRow(Math.floor(box.scrollTop / rowHeightPx));
    },
    [rowHeightPx],
  );
  // After a filter change the selected row stays in view, or the list starts at the top.
  useLayoutEffect(() => {
    const box = boxRef.current;
    if (box && selectedIndex < 0) box.scrollTop = 0;
    reveal(Math.max(0, selectedIndex));
  }, [items, selectedIndex, reveal]);

  const onKeyDown = (event: KeyboardEvent): void => {
    const selected = items[selectedIndex];
    if ((event.key === "Enter" || event.key === " ") && selected && onOpen) {
      event.preventDefault();
      onOpen(selected);
      return;
    }
    const rowsSeen = Math.max(1, Math.floor(heightPx / rowHeightPx) - 1);
    const next = steppedIndex(event.key, { at: selectedIndex, rowsSeen, countOfRows: items.length });
    const item = next === undefined ? undefined : items[next];
    if (item === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    onSelect(item);
  };
  const rowId = (index: number): string => `${testId ?? label}-row-${index}`;
  return (
    <div
      ref={boxRef}
      className="ui-list"
      role="listbox"
      tabIndex={0}
      aria-label={label}
      aria-activedescendant={selectedIndex < 0 ? undefined : rowId(selectedIndex)}
      data-testid={testId}
      onScroll={(event) => setTopRow(Math.floor(event.currentTarget.scrollTop / rowHeightPx))}
      onKeyDown={onKeyDown}
    >
      <div style={{ height: items.length * rowHeightPx, position: "relative" }}>
        {items.slice(shown.from, shown.to).map((item, i) => (
          <ListRow
            key={keyOf(item)}
            item={item}
            id={rowId(shown.from + i)}
            index={shown.from + i}
            countOfRows={items.length}
            heightPx={rowHeightPx}
            isSelected={shown.from + i === selectedIndex}
            onSelect={onSelect}
            renderRow={renderRow}
          />
        ))}
      </div>
    </div>
  );
}
