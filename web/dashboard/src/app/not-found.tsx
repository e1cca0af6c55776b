import { buttonClass } from "@metrica/ui/button.tsx";
import { NothingHere } from "@metrica/ui/route-fault.tsx";
import { Link } from "@tanstack/react-router";

export function NotFound() {
  return (
    <NothingHere>
      <Link className={buttonClass("quiet")} to="/">
        Go to my stores
      </Link>
    </NothingHere>
  );
}
