import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from "react";
import type { Tone } from "./Button.js";
import { heldFraction } from "./holding.js";

type HoldButtonProps = {
  /** Names the vehicle: "Arm DRAGON-1". */
  readonly label: string;
  readonly hint?: string | undefined;
  readonly holdMs: number;
  readonly onConfirm: () => void;
  readonly disabledBecause?: string | undefined;
  readonly tone?: Tone | undefined;
  readonly isBusy?: boolean | undefined;
  readonly testId?: string | undefined;
};

const RADIUS = 8;
const ROUND = 2 * Math.PI * RADIUS;

const isHoldKey = (event: KeyboardEvent): boolean => event.key === " " || event.key === "Enter";

/**
 * Press and hold, by pointer or by space or enter, until the ring is full; letting go, leaving or losing focus earlier
 * does nothing. The ring is drawn by the animation loop on its element, React does not render meanwhile.
 */
export function HoldButton(props: HoldButtonProps) {
  const { label, hint, holdMs, onConfirm, disabledBecause, tone = "plain", isBusy, testId } = props;
  const [isHeld, setIsHeld] = useState(false);
  const fillRef = useRef<SVGCircleElement>(null);
  const confirmRef = useRef(onConfirm);
  useEffect(() => {
    confirmRef.current = onConfirm;
  });
  const isBlocked = disabledBecause !== undefined || isBusy === true;

  useEffect(() => {
    if (!isHeld || isBlocked) return undefined;
    const sinceMs = performance.now();
    const fill = fillRef.current;
    let request = 0;
    const draw = (): void => {
      const fraction = heldFraction(sinceMs, performance.now(), holdMs);
      fill?.setAttribute("stroke-dashoffset", String(ROUND * (1 - fraction)));
      if (fraction < 1) {
        request = requestAnimationFrame(draw);
        return;
      }
      setIsHeld(false);
      confirmRef.current();
    };
    request = requestAnimationFrame(draw);
    return () => {
      cancelAnimationFrame(request);
      fill?.setAttribute("stroke-dashoffset", String(ROUND));
    };
  }, [isHeld, isBlocked, holdMs]);

  const release = (): void => setIsHeld(false);
  const onPointerDown = (event: PointerEvent): void => {
    if (event.button === 0 && !isBlocked) setIsHeld(true);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!isHoldKey(event)) return;
    event.preventDefault();
    event.stopPropagation();
    if (!event.repeat && !isBlocked) setIsHeld(true);
  };
  const onKeyUp = (event: KeyboardEvent<HTMLButtonElement>): void => {
    if (isHoldKey(event)) release();
  };
  return (
    <button
      type="button"
      className={`ui-button ui-hold ui-button--${tone}`}
      aria-disabled={disabledBecause !== undefined}
      aria-busy={isBusy}
      title={disabledBecause}
      data-testid={testId}
      data-held={isHeld}
      onPointerDown={onPointerDown}
      onPointerUp={(event) => {
        release();
        event.currentTarget.blur();
      }}
      onPointerLeave={release}
      onPointerCancel={release}
      onContextMenu={(event) => event.preventDefault()}
      onKeyDown={onKeyDown}
      onKeyUp={onKeyUp}
      onBlur={release}
    >
      {isBusy ? (
        <span className="ui-busy" aria-hidden="true" />
      ) : (
        <svg className="ui-hold__ring" viewBox="0 0 20 20" aria-hidden="true">
          <circle cx="10" cy="10" r={RADIUS} />
          <circle
            ref={fillRef}
            className="ui-hold__fill"
            cx="10"
            cy="10"
            r={RADIUS}
            strokeDasharray={ROUND}
            strokeDashoffset={ROUND}
          />
        </svg>
      )}
      <span>{label}</span>
      {hint !== undefined && <span className="ui-button__hint">{hint}</span>}
    </button>
  );
}
