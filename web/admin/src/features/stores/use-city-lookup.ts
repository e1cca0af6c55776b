import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useServices } from "#shared/services.ts";
import { findCities, lookUpCities } from "./cities.ts";
import { fold } from "./fold.ts";
import { findNamedZone } from "./time-zone.ts";

/** `none`: no city has this name. `idle`: the text names no city, or a time zone. */
export type CityLookup = "idle" | "loading" | "failed" | "found" | "none";

/** How long nothing is typed before a city is looked up, milliseconds. */
const pause = 250;

/** Looks up the cities of a text while it is typed, and returns how far that is. */
export function useCityLookup(text: string): CityLookup {
  const { admin } = useServices();
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), pause);
    return () => clearTimeout(timer);
  }, [text]);

  const isCity = fold(text).length > 1 && findNamedZone(text) === undefined;
  const { status } = useQuery({
    queryKey: ["cities", settled],
    queryFn: ({ signal }) => lookUpCities(admin, settled, signal),
    enabled: isCity && settled === text && findCities(text) === undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });

  if (!isCity) return "idle";
  const found = findCities(text);
  if (found !== undefined) return found.length > 0 ? "found" : "none";
  return status === "error" && settled === text ? "failed" : "loading";
}
