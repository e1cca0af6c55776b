import type { Client } from "openapi-fetch";
import type { components, paths } from "./admin.gen.ts";
import { type ApiClientOptions, createApiClient } from "./api-client.ts";

/** The client of the admin API. */
export type AdminApi = Client<paths>;

type Schemas = components["schemas"];

export type Store = Schemas["Store"];
export type StoreCreate = Schemas["StoreCreate"];
export type Camera = Schemas["Camera"];
export type CameraWarning = Schemas["CameraWarning"];
export type CameraCreate = Schemas["CameraCreate"];
export type CameraChange = Schemas["CameraChange"];
export type Anchor = Camera["anchor"];
export type Health = Schemas["Health"];
export type HealthStore = Schemas["HealthStore"];
export type HealthCamera = Schemas["HealthCamera"];
export type HealthProblem = Schemas["HealthProblem"];
export type WorkerKey = Schemas["WorkerKey"];
export type Owner = Schemas["Owner"];
export type Invite = Schemas["Invite"];
export type CountCheck = Schemas["CountCheck"];
export type CountChecks = Schemas["CountChecks"];
export type CountAssessment = Schemas["CountAssessment"];
export type DirectionAssessment = Schemas["DirectionAssessment"];
export type HealthCountCheck = Schemas["HealthCountCheck"];
export type CountCheckCreate = Schemas["CountCheckCreate"];
export type Crossing = Schemas["Crossing"];
export type Crossings = Schemas["Crossings"];
export type HolidayCountry = Schemas["HolidayCountry"];
export type CoverageDay = Schemas["CoverageDay"];
export type AuditEntry = Schemas["AuditEntry"];

export function createAdminApi(options: ApiClientOptions): AdminApi {
  return createApiClient<paths>(options);
}
