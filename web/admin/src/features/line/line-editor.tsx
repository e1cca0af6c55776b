import { t } from "@lingui/core/macro";
import { type KeyboardEvent, type PointerEvent, useRef } from "react";
import { type End, inArrow, type Line, moveEnd, type Point, type Size } from "./geometry.ts";

interface LineEditorProps {
  line: Line;
  /** The size of the frame in pixels. */
  size: Size;
  imageUrl: string | null;
  /** Another line, shown for comparison: what somebody else has saved. */
  otherLine?: Line | null;
  /** Where tracks ended near the line, `[x, y]` in 0..1. */
  trackEnds?: readonly (readonly number[])[];
  /** `isNewStep` is false for the further movements of one drag. */
  onChange: (line: Line, isNewStep: boolean) => void;
}

/** A drag begins after this movement on the screen, in pixels: a click changes nothing. */
const dragThreshold = 6;

interface Drag {
  /** The end that moves; null while a new line is drawn. */
  end: End | null;
  startX: number;
  startY: number;
  startPoint: Point;
  hasMoved: boolean;
}

/**
 * The counting line over an image of the camera. Dragging an end moves it, also by touch. Dragging anywhere else draws a new line,
 * but not by touch: that scrolls the page. The arrow keys move the focused end by one pixel of the image, with Shift by ten.
 */
export function LineEditor({
  line,
  size,
  imageUrl,
  otherLine = null,
  trackEnds = [],
  onChange,
}: LineEditorProps) {
  const svg = useRef<SVGSVGElement>(null);
  const drag = useRef<Drag | null>(null);
  const unit = size.width / 100;
  const [ax, ay, bx, by] = line;
  const arrow = inArrow(line, size, unit * 8);

  function pointOf(event: PointerEvent): Point {
    const box = svg.current?.getBoundingClientRect();
    if (box === undefined) return { x: 0, y: 0 };
    return { x: (event.clientX - box.left) / box.width, y: (event.clientY - box.top) / box.height };
  }

  function startDrag(event: PointerEvent<SVGElement>, end: End | null) {
    if (end === null && event.pointerType === "touch") return;
    if (event.button > 0) return;
    event.stopPropagation();
    svg.current?.setPointerCapture(event.pointerId);
    drag.current = {
      end,
      startX: event.clientX,
      startY: event.clientY,
      startPoint: pointOf(event),
      hasMoved: false,
    };
  }

  function moveDrag(event: PointerEvent<SVGElement>) {
    const current = drag.current;
    if (current === null) return;
    const isNewStep = !current.hasMoved;
    if (isNewStep) {
      const distance = Math.hypot(event.clientX - current.startX, event.clientY - current.startY);
      if (distance < dragThreshold) return;
      current.hasMoved = true;
    }
    const from = current.end === null ? moveEnd(line, "a", current.startPoint) : line;
    onChange(moveEnd(from, current.end ?? "b", pointOf(event)), isNewStep);
  }

  function endDrag() {
    drag.current = null;
  }

  function moveByKey(event: KeyboardEvent, end: End) {
    const pixels = event.shiftKey ? 10 : 1;
    const [stepX, stepY] = [pixels / size.width, pixels / size.height];
    const moves: Record<string, Point> = {
      ArrowLeft: { x: -stepX, y: 0 },
      ArrowRight: { x: stepX, y: 0 },
      ArrowUp: { x: 0, y: -stepY },
      ArrowDown: { x: 0, y: stepY },
    };
    const move = moves[event.key];
    if (move === undefined) return;
    event.preventDefault();
    const from = end === "a" ? { x: line[0], y: line[1] } : { x: line[2], y: line[3] };
    onChange(moveEnd(line, end, { x: from.x + move.x, y: from.y + move.y }), true);
  }

  return (
    <fieldset className="relative rounded-xl bg-[#26323c]">
      <legend className="sr-only">{t`Counting line`}</legend>
      {imageUrl !== null && (
        <img
          alt=""
          className="block w-full rounded-xl"
          height={size.height}
          src={imageUrl}
          width={size.width}
        />
      )}
      <svg
        className={
          imageUrl === null
            ? "block w-full cursor-crosshair overflow-visible"
            : "absolute inset-0 size-full cursor-crosshair overflow-visible"
        }
        data-testid="line-editor"
        onPointerDown={(event) => startDrag(event, null)}
        onPointerCancel={endDrag}
        onPointerMove={moveDrag}
        onPointerUp={endDrag}
        ref={svg}
        viewBox={`0 0 ${size.width} ${size.height}`}
      >
        <title>{t`Drag to draw a new counting line`}</title>
        <defs>
          <marker
            id="in-head"
            markerHeight="5"
            markerWidth="5"
            orient="auto-start-reverse"
            refX="4"
            refY="5"
            viewBox="0 0 10 10"
          >
            <path d="M0 0 10 5 0 10Z" fill="#34d399" />
          </marker>
        </defs>
        {trackEnds.length > 0 && (
          <g className="pointer-events-none" data-testid="track-ends">
            {trackEnds.map(([x = 0, y = 0], index) => (
              <circle
                cx={x * size.width}
                cy={y * size.height}
                fill="#fbbf24"
                fillOpacity={0.8}
                // biome-ignore lint/suspicious/noArrayIndexKey: points have no identity
                key={index}
                r={unit * 0.6}
                stroke="#0f172a"
                strokeWidth={unit * 0.15}
              />
            ))}
          </g>
        )}
        {otherLine !== null && (
          <line
            data-testid="other-line"
            stroke="#fbbf24"
            strokeDasharray={`${unit * 1.5} ${unit}`}
            strokeWidth={unit * 0.5}
            x1={otherLine[0] * size.width}
            x2={otherLine[2] * size.width}
            y1={otherLine[1] * size.height}
            y2={otherLine[3] * size.height}
          />
        )}
        <g strokeLinecap="round">
          <line
            stroke="#000"
            strokeOpacity={0.45}
            strokeWidth={unit}
            x1={ax * size.width}
            x2={bx * size.width}
            y1={ay * size.height}
            y2={by * size.height}
          />
          <line
            stroke="#fff"
            strokeWidth={unit * 0.5}
            x1={ax * size.width}
            x2={bx * size.width}
            y1={ay * size.height}
            y2={by * size.height}
          />
          <line
            markerEnd="url(#in-head)"
            stroke="#34d399"
            strokeWidth={unit * 0.6}
            x1={arrow.from.x}
            x2={arrow.to.x}
            y1={arrow.from.y}
            y2={arrow.to.y}
          />
        </g>
        <Label at={inArrow(line, size, unit * 11.5).to} text={t`IN`} unit={unit} />
        <Handle
          name="a"
          onKeyDown={(event) => moveByKey(event, "a")}
          onPointerDown={(event) => startDrag(event, "a")}
          unit={unit}
          x={ax * size.width}
          y={ay * size.height}
        />
        <Handle
          name="b"
          onKeyDown={(event) => moveByKey(event, "b")}
          onPointerDown={(event) => startDrag(event, "b")}
          unit={unit}
          x={bx * size.width}
          y={by * size.height}
        />
      </svg>
    </fieldset>
  );
}

interface HandleProps {
  name: End;
  x: number;
  y: number;
  unit: number;
  onPointerDown: (event: PointerEvent<SVGElement>) => void;
  onKeyDown: (event: KeyboardEvent) => void;
}

function Handle({ name, x, y, unit, onPointerDown, onKeyDown }: HandleProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: SVG has no button element
    <g
      aria-label={t`End ${name} of the line. The arrow keys move it by one pixel, with Shift by ten.`}
      className="group cursor-grab outline-none"
      data-testid={`line-end-${name}`}
      onKeyDown={onKeyDown}
      onPointerDown={onPointerDown}
      role="button"
      tabIndex={0}
    >
      {/* touch-action applies to shapes, not to their group: a finger on them drags the end and does not scroll. */}
      <circle className="touch-none" cx={x} cy={y} fill="transparent" r={unit * 3.2} />
      <circle
        className="touch-none group-focus-visible:stroke-[#34d399]"
        cx={x}
        cy={y}
        fill="#fff"
        r={unit * 1.6}
        stroke="#0f172a"
        strokeWidth={unit * 0.4}
      />
      <text
        className="touch-none"
        dominantBaseline="central"
        fill="#0f172a"
        fontSize={unit * 2}
        fontWeight={700}
        textAnchor="middle"
        x={x}
        y={y}
      >
        {name}
      </text>
    </g>
  );
}

function Label({ at, text, unit }: { at: Point; text: string; unit: number }) {
  return (
    <g>
      <rect
        fill="#064e3b"
        height={unit * 3.4}
        rx={unit * 0.8}
        width={unit * 5}
        x={at.x - unit * 2.5}
        y={at.y - unit * 1.7}
      />
      <text
        dominantBaseline="central"
        fill="#d1fae5"
        fontSize={unit * 2.1}
        fontWeight={700}
        textAnchor="middle"
        x={at.x}
        y={at.y}
      >
        {text}
      </text>
    </g>
  );
}
