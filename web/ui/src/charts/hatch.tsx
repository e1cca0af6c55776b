/** A pattern of oblique lines, to be used as `fill="url(#id)"`. */
export function Hatch({ id, color, ground }: { id: string; color: string; ground: string }) {
  return (
    <pattern height={6} id={id} patternTransform="rotate(45)" patternUnits="userSpaceOnUse" width={6}>
      <rect fill={ground} height={6} width={6} />
      <rect fill={color} height={6} width={2} />
    </pattern>
  );
}
