import { t } from "@lingui/core/macro";
import { Plural, Trans } from "@lingui/react/macro";
import type { Wall } from "@metrica/client/owner.ts";
import { formatCount } from "@metrica/ui/format/number.ts";
import { formatTime } from "@metrica/ui/format/time.ts";
import { cn } from "@metrica/ui/lib/utils.ts";
import { useDocumentTitle } from "@metrica/ui/use-document-title.ts";
import { useNow } from "@metrica/ui/use-now.ts";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, useLocation } from "@tanstack/react-router";
import { CircleCheck, CircleHelp, DoorClosed, Hand, type LucideIcon, Users } from "lucide-react";
import { type ReactNode, useMemo } from "react";
import { useServices } from "#shared/services.ts";
import { createWallApi, isRefused, wallQuery } from "./api/get-wall.ts";
import { useReloadAfterDeployment } from "./deployment.ts";
import { useWakeLock } from "./wake-lock.ts";
import { type WallSign, wallSign } from "./wall-sign.ts";
import { parseWallToken } from "./wall-token.ts";

const route = getRouteApi("/stores/$storeId/wall");

/** The live occupancy of a store on a screen at its entrance, for whoever has the link. It runs for weeks. */
export function WallPage() {
  const { storeId } = route.useParams();
  const token = useLocation({ select: ({ hash }) => parseWallToken(hash) });
  useReloadAfterDeployment();
  useWakeLock();
  if (token === null) {
    return (
      <Message title={t`This link is not complete.`}>
        <Trans>Copy the whole link, or create another one in the settings of the store.</Trans>
      </Message>
    );
  }
  return <WallOfLink storeId={storeId} token={token} />;
}

function WallOfLink({ storeId, token }: { storeId: string; token: string }) {
  const { config } = useServices();
  const api = useMemo(() => createWallApi(config.apiUrl), [config.apiUrl]);
  const { data, error, dataUpdatedAt } = useQuery(wallQuery(api, storeId, token));
  const now = useNow(1000);
  if (isRefused(error)) {
    return (
      <Message title={t`This link is no longer valid.`}>
        <Trans>Create another one in the settings of the store.</Trans>
      </Message>
    );
  }
  if (data === undefined) {
    if (error === null) return <Frame />;
    return (
      <Message title={t`Cannot reach the server.`}>
        <Trans>The screen tries again every few seconds.</Trans>
      </Message>
    );
  }
  return <WallScreen now={now} sign={wallSign(data, now - dataUpdatedAt)} wall={data} />;
}

const icons: Record<WallSign, LucideIcon> = {
  enter: CircleCheck,
  wait: Hand,
  count: Users,
  closed: DoorClosed,
  unknown: CircleHelp,
};

const tones: Record<WallSign, string> = {
  enter: cn("bg-success-muted text-success"),
  wait: cn("bg-destructive-muted text-destructive"),
  count: cn("bg-background text-foreground"),
  closed: cn("bg-muted text-muted-foreground"),
  unknown: cn("bg-muted text-muted-foreground"),
};

interface WallScreenProps {
  wall: Wall;
  sign: WallSign;
  /** The time of this computer, milliseconds since 1970. */
  now: number;
}

/** The screen: the sign, the number, and the room that is left. Sizes follow the screen, so that it is readable from five metres. */
function WallScreen({ wall, sign, now }: WallScreenProps) {
  useDocumentTitle(wall.name);
  const Icon = icons[sign];
  const isCounted = sign !== "closed" && sign !== "unknown";
  return (
    <Frame className={tones[sign]} sign={sign}>
      <header className="flex items-baseline justify-between gap-[3vw] text-[min(4vw,5vh)] text-foreground">
        <p className="min-w-0 truncate font-medium" title={wall.name}>
          {wall.name}
        </p>
        <time className="shrink-0 tabular-nums" dateTime={new Date(now).toISOString()}>
          {formatTime(new Date(now).toISOString(), wall.timezone)}
        </time>
      </header>
      <div aria-live="polite" className="flex min-h-0 flex-1 flex-col items-center justify-center gap-[2vh]">
        <h1 className="flex max-w-full items-center gap-[0.3em] text-balance text-center font-semibold text-[min(9.5vw,15vh)] leading-tight">
          <Icon aria-hidden="true" className="size-[1em] shrink-0" />
          <SignText sign={sign} />
        </h1>
        {isCounted && (
          <p
            className="font-semibold text-[min(36vw,44vh)] text-foreground leading-[0.95] tracking-[-0.045em] tabular-nums"
            data-testid="wall-occupancy"
          >
            {formatCount(wall.occupancy)}
            {wall.capacity !== null && (
              <span className="font-medium text-[0.3em] text-muted-foreground tracking-normal">
                {" "}
                / {formatCount(wall.capacity)}
              </span>
            )}
          </p>
        )}
        <p className="text-center text-[min(4.5vw,5.5vh)] text-foreground" data-testid="wall-note">
          <Note sign={sign} wall={wall} />
        </p>
      </div>
      <footer className="min-h-[1.4em] text-center text-[min(3vw,3vh)] text-muted-foreground">
        <Doubt isCounted={isCounted} wall={wall} />
      </footer>
    </Frame>
  );
}

function SignText({ sign }: { sign: WallSign }) {
  if (sign === "enter") return <Trans>Please enter</Trans>;
  if (sign === "wait") return <Trans>Please wait</Trans>;
  if (sign === "count") return <Trans>Welcome</Trans>;
  if (sign === "closed") return <Trans>Closed</Trans>;
  return <Trans>Please ask the staff</Trans>;
}

function Note({ sign, wall }: { sign: WallSign; wall: Wall }) {
  if (sign === "closed") return null;
  if (sign === "unknown") return <Trans>The number of people inside is not known at the moment.</Trans>;
  if (sign === "wait") return <Trans>The store is full.</Trans>;
  if (sign === "count")
    return <Plural one="person is inside" other="people are inside" value={wall.occupancy ?? 0} />;
  const room = (wall.capacity ?? 0) - (wall.occupancy ?? 0);
  return <Plural one="Room for # more person" other="Room for # more people" value={room} />;
}

/** Says why the number may be wrong, or is not counted by a camera. */
function Doubt({ wall, isCounted }: { wall: Wall; isCounted: boolean }) {
  if (!isCounted) return null;
  if (wall.provenance.generated || wall.provenance.simulated)
    return <Trans>Demonstration: not counted by a camera</Trans>;
  if (wall.health.status === "degraded")
    return <Trans>The number may be wrong: not all cameras report.</Trans>;
  return null;
}

function Frame({ sign, className, children }: { sign?: WallSign; className?: string; children?: ReactNode }) {
  return (
    <main
      className={cn("flex h-dvh w-full cursor-none flex-col overflow-hidden p-[min(4vw,4vh)]", className)}
      data-sign={sign}
      data-testid="wall"
    >
      {children}
    </main>
  );
}

function Message({ title, children }: { title: string; children: ReactNode }) {
  useDocumentTitle(title);
  return (
    <Frame className="items-center justify-center gap-4 text-center">
      <h1 className="text-balance font-semibold text-4xl">{title}</h1>
      <p className="text-balance text-muted-foreground text-xl">{children}</p>
    </Frame>
  );
}
