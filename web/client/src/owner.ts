import type { Client } from "openapi-fetch";
import { type ApiClientOptions, createApiClient } from "./api-client.ts";
import type { components, paths } from "./owner.gen.ts";

/** The client of the owner API. */
export type OwnerApi = Client<paths>;

type Schemas = components["schemas"];

/** The types of the problems that the API responds with. */
export type ProblemType = Schemas["ProblemDetails"]["type"];
/** The types of the errors of fields, of both APIs. */
export type FieldErrorType = Schemas["FieldErrorType"];
export type Me = Schemas["Me"];
export type Stores = Schemas["Stores"];
export type StoreSummary = Schemas["StoreSummary"];
export type Live = Schemas["Live"];
export type LiveCamera = Schemas["LiveCamera"];
export type StoreComparison = Schemas["StoreComparison"];
export type StorePeriod = Schemas["StorePeriod"];
export type Wall = Schemas["Wall"];
export type WallLink = Schemas["WallLink"];
export type StoreHealth = Schemas["StoreHealth"];
export type Provenance = Schemas["Provenance"];
export type Dashboard = Schemas["Dashboard"];
export type Annotation = Schemas["Annotation"];
export type Bucket = Schemas["Bucket"];
export type Footfall = Schemas["Footfall"];
export type Forecast = Schemas["Forecast"];
export type HeatmapCell = Schemas["HeatmapCell"];
export type Kpi = Schemas["Kpi"];
export type KpiNote = NonNullable<Kpi["note"]>;
export type Channel = Schemas["Channel"];
export type ChannelCreate = Schemas["ChannelCreate"];
export type ChannelCreated = Schemas["ChannelCreated"];
export type ChannelUpdate = Schemas["ChannelUpdate"];
export type QuietHours = Schemas["QuietHours"];
export type Delivery = Schemas["Delivery"];
export type Incident = Schemas["Incident"];
export type IncidentType = Schemas["IncidentType"];
export type IncidentUpdate = Schemas["IncidentUpdate"];
export type Subscription = Schemas["Subscription"];
export type ReportPeriod = Subscription["period"];
export type ReportPreview = Schemas["ReportPreview"];
export type CalendarDay = Schemas["CalendarDay"];
export type SpecialDay = Schemas["SpecialDay"];
export type MyStore = Schemas["MyStore"];
export type Period = Dashboard["period"];
export type CompareMode = Schemas["CompareMode"];
export type MatchMode = Schemas["MatchMode"];

export function createOwnerApi(options: ApiClientOptions): OwnerApi {
  return createApiClient<paths>(options);
}
