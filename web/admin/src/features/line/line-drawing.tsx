import { type KeyboardEvent, type PointerEvent, useRef, useState } from "react";
import { type End, inArrow, type Line, type Place, type Size, withEnd } from "./geometry.ts";

interface LineDrawingProps {
  line: Line;
  /** The frame's own proportions. */
  size: Size;
  picture: string | null;
  onChange: (line: Line) => void;
}

/**
 * The line over a picture of the camera. Press and drag anywhere to draw it anew, drag an end to move it; an end that has the
 * focus moves with the arrow keys (with Shift, in larger steps).
 */
export function LineDrawing({ line, size, picture, onChange }: LineDrawingProps) {
  const surface = useRef<SVGSVGElement>(null);
  const [held, setHeld] = useState<End | null>(null);
  const unit = size.width / 100;
  const [ax, ay, bx, by] = line;
  const arrow = inArrow(line, size, unit * 8);

  function placeOf(event: PointerEvent): Place {
    const box = surface.current?.getBoundingClientRect();
    if (box === undefined) return { x: 0, y: 0 };
    return { x: (event.clientX - box.left) / box.width, y: (event.clientY - box.top) / box.height };
  }

  function press(event: PointerEvent<SVGElement>, end: End | null) {
    event.preventDefault();
    event.stopPropagation();
    surface.current?.setPointerCapture(event.pointerId);
    setHeld(end ?? "b");
    if (end === null) {
      const place = placeOf(event);
      onChange(withEnd(withEnd(line, "a", place), "b", place));
    }
  }

  function nudge(event: KeyboardEvent, end: End) {
    const by = event.shiftKey ? 0.05 : 0.005;
    const moves: Record<string, Place> = {
      ArrowLeft: { x: -by, y: 0 },
      ArrowRight: { x: by, y: 0 },
      ArrowUp: { x: 0, y: -by },
      ArrowDown: { x: 0, y: by },
    };
    const move = moves[event.key];
    if (move === undefined) return;
    event.preventDefault();
    const from = end === "a" ? { x: line[0], y: line[1] } : { x: line[2], y: line[3] };
    onChange(withEnd(line, end, { x: from.x + move.x, y: from.y + move.y }));
  }

  return (
    <fieldset className="relative rounded-xl bg-[#26323c]">
      <legend className="sr-only">The counting line</legend>
      {picture !== null && (
        <img
          alt=""
          className="block w-full rounded-xl"
          height={size.height}
          src={picture}
          width={size.width}
        />
      )}
      <svg
        className={
          picture === null
            ? "block w-full cursor-crosshair touch-none overflow-visible"
            : "absolute inset-0 size-full cursor-crosshair touch-none overflow-visible"
        }
        data-testid="line-drawing"
        onPointerDown={(event) => press(event, null)}
        onPointerMove={(event) => held !== null && onChange(withEnd(line, held, placeOf(event)))}
        onPointerUp={() => setHeld(null)}
        ref={surface}
        viewBox={`0 0 ${size.width} ${size.height}`}
      >
        <title>Drag to draw the counting line anew</title>
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
        <Mark at={inArrow(line, size, unit * 11.5).to} text="IN" unit={unit} />
        <Handle
          name="a"
          onKeyDown={(event) => nudge(event, "a")}
          onPress={(event) => press(event, "a")}
          unit={unit}
          x={ax * size.width}
          y={ay * size.height}
        />
        <Handle
          name="b"
          onKeyDown={(event) => nudge(event, "b")}
          onPress={(event) => press(event, "b")}
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
  onPress: (event: PointerEvent<SVGElement>) => void;
  onKeyDown: (event: KeyboardEvent) => void;
}

function Handle({ name, x, y, unit, onPress, onKeyDown }: HandleProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: there is no button inside an SVG
    <g
      aria-label={`End ${name}; the arrow keys move it`}
      className="group cursor-grab outline-none"
      data-testid={`line-end-${name}`}
      onKeyDown={onKeyDown}
      onPointerDown={onPress}
      role="button"
      tabIndex={0}
    >
      <circle cx={x} cy={y} fill="transparent" r={unit * 3.2} />
      <circle
        className="group-focus-visible:stroke-[#34d399]"
        cx={x}
        cy={y}
        fill="#fff"
        r={unit * 1.6}
        stroke="#0f172a"
        strokeWidth={unit * 0.4}
      />
      <text
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

function Mark({ at, text, unit }: { at: Place; text: string; unit: number }) {
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
