// Generated from openapi/admin.json by scripts/generate.mjs: do not edit.
export interface paths {
    "/admin/stores": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List stores
         * @description Every store with the numbers of its cameras, owners and pending invitations, ordered by name.
         */
        get: operations["list_stores"];
        put?: never;
        /**
         * Create a store
         * @description A store without cameras, keys and owners.
         */
        post: operations["create_store"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/stores/{store_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a store
         * @description Also works for an archived store.
         */
        get: operations["get_store"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change a store
         * @description Members that are left out stay as they are.
         *
         *     Time zone, day start, opening hours, closing grace and capacity are valid from the store-day in progress on. Earlier
         *     store-days keep theirs.
         */
        patch: operations["change_store"];
        trace?: never;
    };
    "/admin/stores/{store_id}/archive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Archive a store
         * @description Hides the store from its owners and revokes its worker keys. No data is deleted.
         */
        post: operations["archive_store"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/stores/{store_id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Restore an archived store
         * @description Shows the store to its owners again. Its edge boxes need new keys.
         */
        post: operations["restore_store"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/holiday-countries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the countries with public holidays
         * @description With their regions. A store with another `country` or `region` is refused.
         */
        get: operations["list_holiday_countries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/cities": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Find cities by name
         * @description Cities of at least 15,000 people, and capitals. Exact names come first, and the largest of them; at most 20. Without a name: the largest cities of the country. Data of GeoNames, CC BY 4.0.
         */
        get: operations["find_cities"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/stores/{store_id}/cameras": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the cameras of a store
         * @description With their settings and what their edge boxes last reported, oldest first.
         */
        get: operations["list_cameras"];
        put?: never;
        /**
         * Add a camera
         * @description Its edge box needs the id of the camera and a worker key of the store.
         */
        post: operations["create_camera"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/cameras/{camera_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a camera
         * @description Also works for an archived camera.
         */
        get: operations["get_camera"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change a camera
         * @description Members that are left out stay as they are. A change of `is_counting_line` does not change past numbers.
         */
        patch: operations["change_camera"];
        trace?: never;
    };
    "/admin/cameras/{camera_id}/line": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Set the counting line
         * @description The edge box applies it after its next heartbeat.
         */
        put: operations["set_line"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/cameras/{camera_id}/track-ends": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get where tracks ended near the line
         * @description Of the last hour. A line that crosses a cluster of these points should move.
         */
        get: operations["get_track_ends"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/cameras/{camera_id}/snapshot": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the last snapshot
         * @description A URL that works for five minutes. A snapshot shows the empty scene.
         */
        get: operations["get_snapshot"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/cameras/{camera_id}/snapshot-request": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Request a new snapshot
         * @description The edge box sends one after its next heartbeat.
         */
        post: operations["request_snapshot"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/cameras/{camera_id}/accept-instance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Let another edge worker take the camera over
         * @description The edge worker that was turned away last counts the camera from now on; the present one is turned away.
         */
        post: operations["accept_instance"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/cameras/{camera_id}/accept-view": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Accept the view of a camera that was turned
         * @description The line stays as it is. The edge box learns the view again after its next heartbeat.
         */
        post: operations["accept_view"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/cameras/{camera_id}/archive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Archive a camera
         * @description Its crossings stay. Ingest rejects new ones from now on.
         */
        post: operations["archive_camera"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/cameras/{camera_id}/count-checks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List and assess the count checks of a camera
         * @description The last hundred, newest first. The assessment is about the present line: its error, and whether it is proven.
         */
        get: operations["list_count_checks"];
        put?: never;
        /**
         * Add a manual count
         * @description It is compared with the crossings that are stored for the window now.
         */
        post: operations["create_count_check"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/cameras/{camera_id}/crossings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow the crossings of a camera
         * @description Those of the last hour, also of a camera that does not count for its store. Ask again with `next_after`.
         */
        get: operations["list_crossings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/import-windows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the import windows
         * @description Newest first, closed and expired ones too.
         */
        get: operations["list_import_windows"];
        put?: never;
        /**
         * Open an import window
         * @description While it is open, ingest accepts events and minutes of the camera in the window although they are too old.
         *
         *     `metrica-edge outbox retry` on the box sends what ingest has rejected as `too_old` before.
         */
        post: operations["open_import_window"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/import-windows/{import_window_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Close an import window
         * @description Takes effect within a minute. What was imported stays.
         */
        delete: operations["close_import_window"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/stores/{store_id}/owners": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the owners of a store
         * @description Includes the pending invitations.
         */
        get: operations["list_owners"];
        put?: never;
        /**
         * Invite an owner
         * @description By e-mail. An address that has an account gets no e-mail; its user sees the store at the next request.
         *
         *     Inviting an address again renews its invitation and sends the e-mail again.
         */
        post: operations["invite_owner"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/stores/{store_id}/owners/{user_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Remove an owner
         * @description Takes effect at once: the owner's next request about the store gets 404.
         */
        delete: operations["remove_owner"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/stores/{store_id}/invites/{invite_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke an invitation
         * @description If the e-mail has already arrived, its link opens an account without this store.
         */
        delete: operations["revoke_invite"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/stores/{store_id}/worker-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the worker keys of a store
         * @description Revoked ones too, oldest first. Only the last four characters of a key are known.
         */
        get: operations["list_worker_keys"];
        put?: never;
        /**
         * Create a worker key
         * @description Only this response, and its repetition with the same `Idempotency-Key`, contains the key.
         */
        post: operations["create_worker_key"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/stores/{store_id}/worker-keys/{worker_key_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke a worker key
         * @description Ingest refuses the key within a minute.
         */
        delete: operations["revoke_worker_key"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/worker-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the worker keys that a superadmin has created
         * @description In any store, revoked ones too, newest first.
         */
        get: operations["list_worker_keys_created_by"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the status of every camera
         * @description A camera is online if a heartbeat arrived within the last three minutes.
         *
         *     The time zones of the stores are compared with those of the database, from two years ago to two years ahead.
         */
        get: operations["get_health"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/health/coverage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get how much of the open time the cameras have observed
         * @description Of the last seven store-days, by the opening hours that are valid now.
         */
        get: operations["get_coverage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the audit log
         * @description Newest first. Contains every action of a superadmin, with what it changed.
         */
        get: operations["get_audit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/incidents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the incidents of all stores
         * @description Newest first: what is wrong with cameras, worker keys and jobs of the database, each with what to check.
         */
        get: operations["list_incidents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/incidents/{incident_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Acknowledge, mute or close an incident
         * @description Say that somebody takes care of it, stop its notifications for a time, or close it.
         */
        patch: operations["update_incident"];
        trace?: never;
    };
    "/admin/superadmins": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the superadmins
         * @description Without removed ones, who are in the audit log.
         */
        get: operations["list_superadmins"];
        put?: never;
        /**
         * Add a superadmin
         * @description The user with this address is a superadmin from the next request on. Sends no e-mail and creates no account.
         */
        post: operations["add_superadmin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/superadmins/{superadmin_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Remove a superadmin
         * @description Takes effect at once: the next admin request of the user gets 403. What they made stays.
         *
         *     `GET /admin/audit?actor_id=` and `GET /admin/worker-keys?created_by=` list what they made.
         */
        delete: operations["remove_superadmin"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * Anchor
         * @description The point of a person's bounding box that crosses the line.
         * @enum {string}
         */
        Anchor: "center" | "foot";
        /**
         * AuditEntry
         * @description An action: who did it, what it was, and what it changed (the members that differ).
         */
        AuditEntry: {
            /** Entry Id */
            entry_id: number;
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Actor Id */
            actor_id: string | null;
            /** Actor Email */
            actor_email: string | null;
            /**
             * Action
             * @example store.create
             * @example camera.line
             */
            action: string;
            /** Subject Type */
            subject_type: string;
            /** Subject Id */
            subject_id: string | null;
            /** Store Id */
            store_id: string | null;
            /** Before */
            before: {
                [key: string]: unknown;
            } | null;
            /** After */
            after: {
                [key: string]: unknown;
            } | null;
        };
        /**
         * AuditPage
         * @description A page of the audit log.
         */
        AuditPage: {
            /**
             * Entries
             * @description Newest first.
             */
            entries: components["schemas"]["AuditEntry"][];
            /**
             * Next Before
             * @description `before` of the next page; null on the last page.
             */
            next_before: number | null;
        };
        /**
         * Camera
         * @description A camera, and what its edge box last reported.
         */
        Camera: {
            /**
             * Etag
             * @description Entity tag of the settings, also in the header ETag. Send it as `If-Match` with a change.
             */
            etag: string;
            /**
             * Camera Id
             * Format: uuid
             */
            camera_id: string;
            /**
             * Store Id
             * Format: uuid
             */
            store_id: string;
            /** Name */
            name: string;
            origin: components["schemas"]["Origin"];
            /** Is Counting Line */
            is_counting_line: boolean;
            /** Line */
            line: number[] | null;
            anchor: components["schemas"]["Anchor"];
            /**
             * Line Version
             * @description Increases when the line or the anchor changes.
             */
            line_version: number;
            /** Sample Fps */
            sample_fps: number;
            /** Snapshot Interval S */
            snapshot_interval_s: number;
            /** Min Stay S */
            min_stay_s: number;
            /** Ignore Children */
            ignore_children: boolean;
            status: components["schemas"]["CameraStatus"];
            /** Last Seen At */
            last_seen_at: string | null;
            /** Delivered Until */
            delivered_until: string | null;
            /** Worker Version */
            worker_version: string | null;
            /** Model */
            model: string | null;
            /** Backlog */
            backlog: number | null;
            /** Oldest Unsent S */
            oldest_unsent_s: number | null;
            /** Total In */
            total_in: number | null;
            /** Total Out */
            total_out: number | null;
            /** Snapshot Requested At */
            snapshot_requested_at: string | null;
            /** Snapshot At */
            snapshot_at: string | null;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Archived At */
            archived_at: string | null;
            /**
             * Instance Id
             * @description The edge worker that counts the camera.
             */
            instance_id: string | null;
            /**
             * Rejected Instance Id
             * @description Another edge worker that was turned away.
             */
            rejected_instance_id: string | null;
            /**
             * Rejected Instance At
             * @description When it was turned away last.
             */
            rejected_instance_at: string | null;
            /** @description What the picture shows, as the edge box last reported it. */
            picture: components["schemas"]["Picture"] | null;
            /**
             * View Accepted At
             * @description When a superadmin last accepted the view of the camera. The edge box learns the view again.
             */
            view_accepted_at: string | null;
            /**
             * Warnings
             * @description Why counts may be wrong, by its settings and its frame rate.
             */
            warnings: components["schemas"]["CameraWarning"][];
        };
        /**
         * CameraChange
         * @description The members to change. Members that are left out stay as they are.
         */
        CameraChange: {
            /**
             * Name
             * @description Name, 1 to 120 characters.
             */
            name?: string;
            /** Is Counting Line */
            is_counting_line?: boolean;
            anchor?: components["schemas"]["Anchor"];
            /**
             * Sample Fps
             * @description Analysed frames per second. Below 8, `warnings` says that people may be missed.
             */
            sample_fps?: number;
            /**
             * Snapshot Interval S
             * @description Seconds between snapshots, at least 60; 0 for requested ones only.
             */
            snapshot_interval_s?: number | 0 | unknown;
            /**
             * Min Stay S
             * @description People who go in and out again within this many seconds are not counted, and every entry is reported this much later. 0: as set on the edge box, by default off.
             */
            min_stay_s?: number;
            /**
             * Ignore Children
             * @description People below 70 % of the usual height at their part of the line are not counted. False: as set on the edge box, by default off.
             */
            ignore_children?: boolean;
        };
        /**
         * CameraCoverage
         * @description The last seven store-days of a camera.
         */
        CameraCoverage: {
            /**
             * Camera Id
             * Format: uuid
             */
            camera_id: string;
            /**
             * Days
             * @description Oldest first; the last one is today.
             */
            days: components["schemas"]["CoverageDay"][];
        };
        /**
         * CameraCreate
         * @description A new camera of a store.
         */
        CameraCreate: {
            /**
             * Name
             * @description Name, 1 to 120 characters.
             */
            name: string;
            /**
             * Is Counting Line
             * @description Whether its crossings count for the store.
             * @default true
             */
            is_counting_line?: boolean;
            /**
             * Line
             * @description Null: mid-height, left to right.
             */
            line?: number[] | null;
            /** @default foot */
            anchor?: components["schemas"]["Anchor"];
            /**
             * Sample Fps
             * @description Analysed frames per second. Below 8, `warnings` says that people may be missed.
             * @default 10
             */
            sample_fps?: number;
            /**
             * Snapshot Interval S
             * @description Seconds between snapshots, at least 60; 0 for requested ones only.
             * @default 0
             */
            snapshot_interval_s?: number | 0 | unknown;
            /**
             * Min Stay S
             * @description People who go in and out again within this many seconds are not counted, and every entry is reported this much later. 0: as set on the edge box, by default off.
             * @default 0
             */
            min_stay_s?: number;
            /**
             * Ignore Children
             * @description People below 70 % of the usual height at their part of the line are not counted. False: as set on the edge box, by default off.
             * @default false
             */
            ignore_children?: boolean;
        };
        /**
         * CameraProblemType
         * @description What is wrong with a camera or its edge box.
         * @enum {string}
         */
        CameraProblemType: "picture_frozen" | "picture_covered" | "picture_moved" | "picture_damaged" | "people_not_seen" | "slow" | "tracks_break_up" | "clock_off" | "refused_crossings" | "lost_crossings" | "unreadable_crossings" | "totals_disagree" | "other_instance" | "copied_instance";
        /**
         * CameraStatus
         * @description Whether heartbeats arrive. ``never_seen``: none has ever arrived.
         * @enum {string}
         */
        CameraStatus: "online" | "offline" | "never_seen";
        /**
         * CameraWarning
         * @description Why counts of a camera may be wrong, and what to do.
         */
        CameraWarning: {
            type: components["schemas"]["CameraWarningType"];
            /**
             * Message
             * @description An English sentence for a person.
             */
            message: string;
            /**
             * Facts
             * @description The numbers of the sentence.
             * @example {
             *       "fps": 6,
             *       "reliable_fps": 8
             *     }
             */
            facts: {
                [key: string]: number;
            };
        };
        /**
         * CameraWarningType
         * @description Why counts of a camera may be wrong.
         * @enum {string}
         */
        CameraWarningType: "few_frames_set" | "few_frames_reached";
        /**
         * Cameras
         * @description The cameras of a store.
         */
        Cameras: {
            /** Cameras */
            cameras: components["schemas"]["Camera"][];
        };
        /**
         * Cities
         * @description The cities that a name can mean, the likeliest first. Data of GeoNames, CC BY 4.0.
         */
        Cities: {
            /** Cities */
            cities: components["schemas"]["City"][];
        };
        /**
         * City
         * @description A city, with what a store in it needs.
         */
        City: {
            /**
             * Name
             * @description The main name in GeoNames: the usual one in English, or that of the country.
             * @example Köln
             */
            name: string;
            /**
             * Country
             * @description ISO 3166-1 alpha-2.
             * @example DE
             */
            country: string;
            /**
             * Region
             * @description GeoNames' code of the first administrative division, such as a state.
             * @example 07
             */
            region: string | null;
            /**
             * Timezone
             * @description IANA time zone.
             * @example Europe/Berlin
             */
            timezone: string;
            /** Population */
            population: number;
        };
        /**
         * CountAssessment
         * @description What the count checks say about the present line of the camera. `docs/accuracy.md` has the formulas.
         */
        CountAssessment: {
            /**
             * Margin
             * @description Largest bias of a certificate.
             * @example 0.02
             */
            margin: number;
            /**
             * Confidence
             * @description Of each one-sided test: the interval has 2 × this − 1.
             * @example 0.95
             */
            confidence: number;
            /**
             * Counts From
             * Format: date-time
             * @description Earlier checks are not used: the line or the view was another one.
             */
            counts_from: string;
            /** Line Version */
            line_version: number;
            /**
             * Checks
             * @description Number of checks that are used.
             */
            checks: number;
            /**
             * Directions
             * @description IN and OUT.
             */
            directions: components["schemas"]["DirectionAssessment"][];
            /**
             * Is Certificate
             * @description Whether both directions are proven.
             */
            is_certificate: boolean;
        };
        /**
         * CountCheck
         * @description A manual count beside the stored crossings.
         *
         *     `accuracy` is 1 − |counted − manual| / manual over both directions; null if the manual count is 0.
         */
        CountCheck: {
            /**
             * Count Check Id
             * Format: uuid
             */
            count_check_id: string;
            /**
             * Camera Id
             * Format: uuid
             */
            camera_id: string;
            /**
             * Window Start
             * Format: date-time
             */
            window_start: string;
            /**
             * Window End
             * Format: date-time
             */
            window_end: string;
            /** Manual In */
            manual_in: number;
            /** Manual Out */
            manual_out: number;
            /** Counted In */
            counted_in: number;
            /** Counted Out */
            counted_out: number;
            /** Accuracy */
            accuracy: number | null;
            /** Note */
            note: string | null;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Counted By
             * @description E-mail address of the superadmin who entered the manual count.
             */
            counted_by: string | null;
            /**
             * Complete
             * @description Whether all crossings of the window had arrived when they were compared. Null for older checks.
             */
            complete: boolean | null;
            /**
             * Parts
             * @description At least one: the window.
             */
            parts: components["schemas"]["CountCheckPart"][];
            /** @description Whether the assessment uses it: not if crossings were missing (incomplete), if it is about an earlier line or view (earlier_line), or if its window overlaps that of a later check (overlapping). */
            use: components["schemas"]["CountCheckUse"];
        };
        /**
         * CountCheckCreate
         * @description A manual count of a window of at most a day, which must be over.
         */
        CountCheckCreate: {
            /**
             * Window Start
             * Format: date-time
             * @description ISO 8601 with an offset.
             */
            window_start: string;
            /**
             * Window End
             * Format: date-time
             * @description ISO 8601 with an offset.
             */
            window_end: string;
            /**
             * Manual In
             * @description Number of crossings or people.
             */
            manual_in: number;
            /**
             * Manual Out
             * @description Number of crossings or people.
             */
            manual_out: number;
            /** Note */
            note?: string | null;
            /**
             * Parts
             * @description The same count in consecutive parts of the window, the last of which ends with it. The interval of the error follows from them. Null: the window is one part.
             */
            parts?: components["schemas"]["CountCheckPartCreate"][] | null;
        };
        /**
         * CountCheckPart
         * @description A part of the window of a count check.
         */
        CountCheckPart: {
            /**
             * Start
             * Format: date-time
             */
            start: string;
            /**
             * End
             * Format: date-time
             */
            end: string;
            /** Manual In */
            manual_in: number;
            /** Manual Out */
            manual_out: number;
            /** Counted In */
            counted_in: number;
            /** Counted Out */
            counted_out: number;
        };
        /**
         * CountCheckPartCreate
         * @description A manual count of a part of the window: from the end of the part before it, or from `window_start`.
         */
        CountCheckPartCreate: {
            /**
             * End
             * Format: date-time
             * @description ISO 8601 with an offset.
             */
            end: string;
            /**
             * Manual In
             * @description Number of crossings or people.
             */
            manual_in: number;
            /**
             * Manual Out
             * @description Number of crossings or people.
             */
            manual_out: number;
        };
        /**
         * CountCheckReason
         * @description Why a count check is due.
         * @enum {string}
         */
        CountCheckReason: "never" | "line_changed" | "view_changed" | "old";
        /**
         * CountCheckUse
         * @description Whether the assessment uses a count check, or why not.
         * @enum {string}
         */
        CountCheckUse: "used" | "incomplete" | "earlier_line" | "overlapping";
        /**
         * CountChecks
         * @description The count checks of a camera, and what they say.
         */
        CountChecks: {
            /** Count Checks */
            count_checks: components["schemas"]["CountCheck"][];
            assessment: components["schemas"]["CountAssessment"];
        };
        /**
         * Coverage
         * @description The last seven store-days of every camera.
         */
        Coverage: {
            /** Cameras */
            cameras: components["schemas"]["CameraCoverage"][];
        };
        /**
         * CoverageDay
         * @description How much of the open time of a store-day a camera has observed, to a quarter-hour.
         */
        CoverageDay: {
            /**
             * Day
             * Format: date
             */
            day: string;
            /**
             * Open Minutes
             * @description Until now, and since the camera was added; 0 when the store is closed.
             */
            open_minutes: number;
            /** Observed Minutes */
            observed_minutes: number;
        };
        /**
         * Crossing
         * @description A crossing and its way to the database.
         */
        Crossing: {
            /**
             * Event Id
             * Format: uuid
             */
            event_id: string;
            /**
             * Direction
             * @enum {string}
             */
            direction: "IN" | "OUT";
            /**
             * Ts
             * Format: date-time
             * @description When the person crossed, by the clock of the edge box.
             */
            ts: string;
            /**
             * Received At
             * Format: date-time
             * @description When it was stored.
             */
            received_at: string;
            /**
             * Delay S
             * @description Seconds from `ts` to `received_at`; below 0 when the clock of the edge box is ahead.
             */
            delay_s: number;
        };
        /**
         * Crossings
         * @description The newest crossings of a camera.
         */
        Crossings: {
            /**
             * Crossings
             * @description Of the last hour, stored last first, at most 100.
             */
            crossings: components["schemas"]["Crossing"][];
            /**
             * Left Out
             * @description Whether there are more, stored before these.
             */
            left_out: boolean;
            /**
             * Next After
             * Format: date-time
             * @description `after` of the next request. Its response repeats crossings of the last seconds: leave out those whose `event_id` is known.
             */
            next_after: string;
            /**
             * Line Used From
             * Format: date-time
             * @description When an edge box that is online surely counts with the present line: 35 s after it was set.
             */
            line_used_from: string;
            /**
             * Last Crossing At
             * @description The last crossing from then on, also an older one than those listed; null without one.
             */
            last_crossing_at: string | null;
        };
        /**
         * DirectionAssessment
         * @description What the manual counts say about one direction.
         */
        DirectionAssessment: {
            /**
             * Direction
             * @enum {string}
             */
            direction: "IN" | "OUT";
            /** Manual */
            manual: number;
            /** Counted */
            counted: number;
            /**
             * Bias
             * @description (counted − manual) / manual; null if nobody was counted by hand.
             */
            bias: number | null;
            /**
             * Low
             * @description Lower end of the interval of the bias; null while there are too few parts.
             */
            low: number | null;
            /**
             * High
             * @description Upper end.
             */
            high: number | null;
            /**
             * Is Proven
             * @description Whether the interval lies within ± `margin`.
             */
            is_proven: boolean;
            /**
             * People Needed
             * @description Further people that prove it if all of them are counted right; null if more than 100,000.
             */
            people_needed: number | null;
        };
        /**
         * Health
         * @description The status of every camera of every store, and problems of their time zones.
         */
        Health: {
            /**
             * Checked At
             * Format: date-time
             */
            checked_at: string;
            summary: components["schemas"]["HealthSummary"];
            /** Time Zone Problems */
            time_zone_problems: components["schemas"]["TimeZoneProblem"][];
            /** Stores */
            stores: components["schemas"]["HealthStore"][];
        };
        /**
         * HealthCamera
         * @description A camera, and what its last heartbeat reported.
         */
        HealthCamera: {
            /**
             * Camera Id
             * Format: uuid
             */
            camera_id: string;
            /** Name */
            name: string;
            origin: components["schemas"]["Origin"];
            /** Is Counting Line */
            is_counting_line: boolean;
            status: components["schemas"]["CameraStatus"];
            /** Last Seen At */
            last_seen_at: string | null;
            /** Delivered Until */
            delivered_until: string | null;
            /** Backlog */
            backlog: number | null;
            /** Oldest Unsent S */
            oldest_unsent_s: number | null;
            /** Worker Version */
            worker_version: string | null;
            /** Model */
            model: string | null;
            /**
             * Refused
             * @description Crossings that ingest refused; the edge box still has them.
             */
            refused: number | null;
            /**
             * Lost
             * @description Crossings that the edge box could not store.
             */
            lost: number | null;
            /**
             * Set Aside
             * @description Crossings that wait because ingest cannot read them.
             */
            set_aside: number | null;
            /**
             * Instance Id
             * @description The edge worker that counts the camera.
             */
            instance_id: string | null;
            /**
             * Rejected Instance Id
             * @description Another edge worker that was turned away, because the first one is alive.
             */
            rejected_instance_id: string | null;
            /**
             * Rejected Instance At
             * @description When it was turned away last.
             */
            rejected_instance_at: string | null;
            /**
             * Total In
             * @description Crossings IN since the outbox of the edge box was created.
             */
            total_in: number | null;
            /**
             * Total Out
             * @description Crossings OUT since then.
             */
            total_out: number | null;
            /**
             * Totals Difference
             * @description Crossings of these totals that are neither stored nor refused, below 0 if too many are stored; null while they agree.
             */
            totals_difference: number | null;
            picture: components["schemas"]["Picture"] | null;
            /**
             * Track Fragmentation
             * @description Tracks near the line per crossing; about 1 is normal.
             */
            track_fragmentation: number | null;
            /**
             * Fps Wanted
             * @description Frames per second that should be analysed.
             */
            fps_wanted: number | null;
            /**
             * Fps Reached
             * @description Frames per second that were analysed in the last minute.
             */
            fps_reached: number | null;
            /**
             * Decode Ms
             * @description Mean time to decode a frame in the last minute.
             */
            decode_ms: number | null;
            /**
             * Inference Ms
             * @description Mean time of the detector per frame in the last minute.
             */
            inference_ms: number | null;
            /**
             * Device
             * @description Engine and device of the detector.
             * @example openvino:cpu
             */
            device: string | null;
            /**
             * Clock Offset S
             * @description Seconds by which the clock of the edge box is ahead.
             */
            clock_offset_s: number | null;
            /**
             * Person Height
             * @description Median height of people near the line, as a share of the picture's height.
             */
            person_height: number | null;
            /**
             * Problems
             * @description What is wrong now, and what to do.
             */
            problems: components["schemas"]["HealthProblem"][];
            /** @description Null for cameras that are not checked: not connected yet, not a counting line, or generated. */
            count_check: components["schemas"]["HealthCountCheck"] | null;
        };
        /**
         * HealthCountCheck
         * @description The last count check of a camera, and when the next one is due.
         */
        HealthCountCheck: {
            /**
             * Last At
             * @description End of the window of the last complete check.
             */
            last_at: string | null;
            /**
             * Due At
             * Format: date-time
             */
            due_at: string;
            /** @description Why it is due: there is no check yet, none since the line or the view changed, or the last is old. */
            reason: components["schemas"]["CountCheckReason"];
            /** Is Overdue */
            is_overdue: boolean;
        };
        /**
         * HealthProblem
         * @description A problem of a camera or its edge box.
         */
        HealthProblem: {
            type: components["schemas"]["CameraProblemType"];
            /**
             * Detail
             * @description What is wrong.
             */
            detail: string;
            /**
             * Remedy
             * @description What to do.
             */
            remedy: string;
            /**
             * Facts
             * @description The numbers of `detail`, by the names of docs/incidents.md, to say it in other languages. Empty where it has none.
             */
            facts: {
                [key: string]: number;
            };
        };
        /**
         * HealthStore
         * @description A store and its cameras.
         */
        HealthStore: {
            /**
             * Store Id
             * Format: uuid
             */
            store_id: string;
            /** Name */
            name: string;
            /** Timezone */
            timezone: string;
            /** Cameras */
            cameras: components["schemas"]["HealthCamera"][];
        };
        /**
         * HealthSummary
         * @description Numbers of cameras by status.
         */
        HealthSummary: {
            /** Online */
            online: number;
            /** Offline */
            offline: number;
            /** Never Seen */
            never_seen: number;
        };
        /**
         * HolidayCountries
         * @description The countries and regions that a store can have.
         */
        HolidayCountries: {
            /** Countries */
            countries: components["schemas"]["HolidayCountry"][];
        };
        /**
         * HolidayCountry
         * @description A country whose public holidays are known.
         */
        HolidayCountry: {
            /**
             * Country
             * @description ISO 3166-1 alpha-2.
             * @example DE
             */
            country: string;
            /** Regions */
            regions: components["schemas"]["HolidayRegion"][];
        };
        /**
         * HolidayRegion
         * @description A region with public holidays of its own.
         */
        HolidayRegion: {
            /**
             * Region
             * @description ISO 3166-2 without the country.
             * @example BY
             */
            region: string;
            /**
             * Name
             * @description In a language of the country.
             * @example Bayern
             */
            name: string;
        };
        /**
         * ImportWindow
         * @description An import window of a camera.
         */
        ImportWindow: {
            /**
             * Import Window Id
             * Format: uuid
             */
            import_window_id: string;
            /**
             * Store Id
             * Format: uuid
             */
            store_id: string;
            /**
             * Camera Id
             * Format: uuid
             */
            camera_id: string;
            /**
             * Window Start
             * Format: date-time
             */
            window_start: string;
            /**
             * Window End
             * Format: date-time
             */
            window_end: string;
            /**
             * Opened By
             * @description User id of the superadmin who opened it.
             */
            opened_by: string | null;
            /**
             * Opened At
             * Format: date-time
             */
            opened_at: string;
            /**
             * Expires At
             * Format: date-time
             */
            expires_at: string;
            /** Closed At */
            closed_at: string | null;
            /** Is Open */
            is_open: boolean;
        };
        /**
         * ImportWindowCreate
         * @description A new import window.
         */
        ImportWindowCreate: {
            /**
             * Camera Id
             * Format: uuid
             */
            camera_id: string;
            /**
             * Window Start
             * Format: date-time
             * @description Data from this time on is accepted; at most 398 days ago.
             */
            window_start: string;
            /**
             * Window End
             * Format: date-time
             * @description Data before this time is accepted; not in the future.
             */
            window_end: string;
            /**
             * Open For Days
             * @description Days until the window expires.
             * @default 7
             */
            open_for_days?: number;
        };
        /**
         * ImportWindows
         * @description Import windows.
         */
        ImportWindows: {
            /**
             * Import Windows
             * @description Newest first, at most 200.
             */
            import_windows: components["schemas"]["ImportWindow"][];
        };
        /**
         * Incident
         * @description Something is wrong with a camera, a worker key or a job of the database, or was.
         */
        Incident: {
            /**
             * Etag
             * @description Entity tag of the settings, also in the header ETag. Send it as `If-Match` with a change.
             */
            etag: string;
            /**
             * Incident Id
             * Format: uuid
             */
            incident_id: string;
            type: components["schemas"]["IncidentType"];
            /**
             * Store Id
             * @description Null: a job of the database.
             */
            store_id: string | null;
            /** Store Name */
            store_name: string | null;
            /** Camera Id */
            camera_id: string | null;
            /** Camera Name */
            camera_name: string | null;
            /**
             * Detail
             * @description What is wrong, with its numbers.
             */
            detail: string;
            /**
             * Remedy
             * @description What to check, or to do.
             */
            remedy: string;
            /**
             * Facts
             * @description The numbers of `detail`, by the names of docs/incidents.md, to say it in other languages. Empty where it has none, and for incidents from before 2026-11-27.
             */
            facts: {
                [key: string]: number;
            };
            /**
             * Started At
             * Format: date-time
             * @description When the fault began.
             */
            started_at: string;
            /**
             * Opened At
             * Format: date-time
             * @description When it had lasted long enough to be an incident.
             */
            opened_at: string;
            /**
             * Ended At
             * @description When the fault was gone.
             */
            ended_at: string | null;
            /**
             * Closed At
             * @description When the incident ended, or a person closed it.
             */
            closed_at: string | null;
            /**
             * Closed By
             * @description Null: it ended by itself.
             */
            closed_by: string | null;
            /** Acknowledged At */
            acknowledged_at: string | null;
            /** Acknowledged By */
            acknowledged_by: string | null;
            /** Muted Until */
            muted_until: string | null;
        };
        /**
         * IncidentType
         * @description What an incident is about: a camera, a worker key or a job of the database.
         * @enum {string}
         */
        IncidentType: "camera_offline" | "picture_frozen" | "picture_covered" | "picture_moved" | "picture_damaged" | "people_not_seen" | "no_crossings" | "slow" | "tracks_break_up" | "clock_off" | "backlog" | "refused_crossings" | "lost_crossings" | "unreadable_crossings" | "totals_disagree" | "other_instance" | "copied_instance" | "worker_key_unused" | "refresh_overdue" | "database_job";
        /**
         * IncidentUpdate
         * @description What a person does with an incident. A member that is missing stays as it is.
         */
        IncidentUpdate: {
            /**
             * Acknowledged
             * @description True: somebody takes care of it.
             */
            acknowledged?: boolean | null;
            /**
             * Muted Until
             * @description No notifications before, at most 90 days ahead. Null: notify again.
             */
            muted_until?: string | null;
            /**
             * Closed
             * @description Close the incident. The same fault opens the next one only after it was gone.
             */
            closed?: true | null;
        };
        /**
         * Incidents
         * @description Incidents of all stores.
         */
        Incidents: {
            /**
             * Incidents
             * @description Newest first.
             */
            incidents: components["schemas"]["Incident"][];
            /**
             * Next Before
             * @description The `before` of the next page; null on the last.
             */
            next_before: string | null;
        };
        /**
         * Invite
         * @description A pending invitation. It becomes a membership when a user with the address signs in.
         */
        Invite: {
            /**
             * Invite Id
             * Format: uuid
             */
            invite_id: string;
            /** Email */
            email: string;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Expires At
             * Format: date-time
             */
            expires_at: string;
        };
        /**
         * InviteSent
         * @description An invitation, and whether an e-mail was sent.
         */
        InviteSent: {
            /**
             * Invite Id
             * Format: uuid
             */
            invite_id: string;
            /** Email */
            email: string;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Expires At
             * Format: date-time
             */
            expires_at: string;
            /**
             * Mail Sent
             * @description False if the address has an account: the user sees the store at the next request.
             */
            mail_sent: boolean;
        };
        /**
         * LineChange
         * @description The counting line, and optionally the anchor with it.
         */
        LineChange: {
            /**
             * Line
             * @description Null: mid-height, left to right.
             */
            line: number[] | null;
            /** @description Null: unchanged. */
            anchor?: components["schemas"]["Anchor"] | null;
        };
        /**
         * Origin
         * @description Where a camera's crossings come from: a real camera, generated history, or a simulator.
         * @enum {string}
         */
        Origin: "camera" | "generated" | "simulated";
        /**
         * Owner
         * @description An owner of a store.
         */
        Owner: {
            /**
             * User Id
             * Format: uuid
             */
            user_id: string;
            /** Email */
            email: string;
            /**
             * Added At
             * Format: date-time
             */
            added_at: string;
            /** Last Seen At */
            last_seen_at: string | null;
        };
        /**
         * OwnerInvite
         * @description The address to invite. A pending invitation of the address is renewed.
         */
        OwnerInvite: {
            /**
             * Email
             * Format: email
             */
            email: string;
        };
        /**
         * Owners
         * @description The owners and the pending invitations of a store.
         */
        Owners: {
            /** Owners */
            owners: components["schemas"]["Owner"][];
            /** Invites */
            invites: components["schemas"]["Invite"][];
        };
        /**
         * Picture
         * @description What the picture of a camera shows, as its edge worker reports it.
         * @enum {string}
         */
        Picture: "ok" | "frozen" | "covered" | "moved" | "damaged" | "people_not_seen";
        /**
         * Snapshot
         * @description URL of the last snapshot. It works without authentication until it expires.
         */
        Snapshot: {
            /** Url */
            url: string;
            /**
             * Expires At
             * Format: date-time
             */
            expires_at: string;
            /**
             * Snapshot At
             * Format: date-time
             */
            snapshot_at: string;
        };
        /**
         * SnapshotRequested
         * @description When the snapshot was requested.
         */
        SnapshotRequested: {
            /**
             * Snapshot Requested At
             * Format: date-time
             */
            snapshot_requested_at: string;
        };
        /**
         * Store
         * @description A store, with the numbers of its cameras, owners and pending invitations.
         */
        Store: {
            /**
             * Etag
             * @description Entity tag of the settings, also in the header ETag. Send it as `If-Match` with a change.
             */
            etag: string;
            /**
             * Store Id
             * Format: uuid
             */
            store_id: string;
            /** Name */
            name: string;
            /** Timezone */
            timezone: string;
            /**
             * Day Start
             * @description HH:MM.
             */
            day_start: string;
            /** Opening Hours */
            opening_hours: {
                [key: string]: string[][];
            } | null;
            /** Closing Grace Minutes */
            closing_grace_minutes: number;
            /** Capacity */
            capacity: number | null;
            /** Country */
            country: string | null;
            /** Region */
            region: string | null;
            /** Closed On Holidays */
            closed_on_holidays: boolean;
            /**
             * First Weekday
             * @description 1 = Monday.
             */
            first_weekday: number;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Archived At */
            archived_at: string | null;
            /** Cameras */
            cameras: number;
            /** Cameras Online */
            cameras_online: number;
            /** Owners */
            owners: number;
            /** Pending Invites */
            pending_invites: number;
        };
        /**
         * StoreChange
         * @description The members to change. Members that are left out stay as they are.
         */
        StoreChange: {
            /**
             * Name
             * @description Name, 1 to 120 characters.
             */
            name?: string;
            /**
             * Timezone
             * @description An IANA time zone. An alias is stored under its canonical name.
             * @example Pacific/Auckland
             */
            timezone?: string;
            /**
             * Day Start
             * Format: time
             * @description Start of the store-day in the store's time zone, on a quarter-hour.
             * @example 04:00
             */
            day_start?: string;
            /** Opening Hours */
            opening_hours?: {
                [key: string]: string[][];
            } | null;
            /**
             * Closing Grace Minutes
             * @description How long after closing the last people leave, in minutes, whole quarter-hours. The store counts as empty when nobody has crossed for this time.
             */
            closing_grace_minutes?: number;
            /** Capacity */
            capacity?: number | null;
            /** Country */
            country?: string | null;
            /** Region */
            region?: string | null;
            /**
             * Closed On Holidays
             * @description Whether the store is closed on public holidays, from today on. Special days can differ.
             */
            closed_on_holidays?: boolean;
            /**
             * First Weekday
             * @description The day on which weeks begin, also those of the past: 1 = Monday, 7 = Sunday.
             */
            first_weekday?: number;
        };
        /**
         * StoreCreate
         * @description A new store.
         */
        StoreCreate: {
            /**
             * Name
             * @description Name, 1 to 120 characters.
             */
            name: string;
            /**
             * Timezone
             * @description An IANA time zone. An alias is stored under its canonical name.
             * @example Pacific/Auckland
             */
            timezone: string;
            /**
             * Day Start
             * Format: time
             * @description Start of the store-day in the store's time zone, on a quarter-hour.
             * @default 00:00:00
             * @example 04:00
             */
            day_start?: string;
            /**
             * Opening Hours
             * @description Null: always open.
             */
            opening_hours?: {
                [key: string]: string[][];
            } | null;
            /**
             * Closing Grace Minutes
             * @description How long after closing the last people leave, in minutes, whole quarter-hours. The store counts as empty when nobody has crossed for this time.
             * @default 60
             */
            closing_grace_minutes?: number;
            /** Capacity */
            capacity?: number | null;
            /** Country */
            country?: string | null;
            /** Region */
            region?: string | null;
            /**
             * Closed On Holidays
             * @description Whether the store is closed on public holidays, from today on. Special days can differ.
             * @default false
             */
            closed_on_holidays?: boolean;
            /**
             * First Weekday
             * @description The day on which weeks begin, also those of the past: 1 = Monday, 7 = Sunday.
             * @default 1
             */
            first_weekday?: number;
        };
        /**
         * StoreWorkerKey
         * @description A worker key, with the store whose cameras it reaches.
         */
        StoreWorkerKey: {
            /**
             * Worker Key Id
             * Format: uuid
             */
            worker_key_id: string;
            /** Name */
            name: string;
            /** Hint */
            hint: string;
            /**
             * Created By
             * @description User id of the superadmin who created it; null for a command.
             */
            created_by: string | null;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Last Used At */
            last_used_at: string | null;
            /** Revoked At */
            revoked_at: string | null;
            /**
             * Store Id
             * Format: uuid
             */
            store_id: string;
            /** Store Name */
            store_name: string;
        };
        /**
         * StoreWorkerKeys
         * @description Worker keys of several stores.
         */
        StoreWorkerKeys: {
            /** Worker Keys */
            worker_keys: components["schemas"]["StoreWorkerKey"][];
        };
        /**
         * Stores
         * @description All stores.
         */
        Stores: {
            /** Stores */
            stores: components["schemas"]["Store"][];
        };
        /**
         * SuperadminCreate
         * @description The address of a new superadmin.
         */
        SuperadminCreate: {
            /**
             * Email
             * Format: email
             */
            email: string;
        };
        /**
         * SuperadminResponse
         * @description A superadmin.
         */
        SuperadminResponse: {
            /**
             * Superadmin Id
             * Format: uuid
             */
            superadmin_id: string;
            /**
             * User Id
             * @description Null until the first admin request of a user with this address.
             */
            user_id: string | null;
            /** Email */
            email: string | null;
            /**
             * Added By
             * @description User id of the superadmin who added them; null for a command.
             */
            added_by: string | null;
            /**
             * Added At
             * Format: date-time
             */
            added_at: string;
        };
        /**
         * Superadmins
         * @description The superadmins.
         */
        Superadmins: {
            /**
             * Superadmins
             * @description Oldest first.
             */
            superadmins: components["schemas"]["SuperadminResponse"][];
        };
        /**
         * TimeZoneProblem
         * @description A time zone of a store that the database or the application does not know, or about which they disagree.
         */
        TimeZoneProblem: {
            /** Timezone */
            timezone: string;
            /**
             * Detail
             * @description What is wrong, and what to do.
             */
            detail: string;
        };
        /**
         * TrackEnds
         * @description Where tracks ended near the line in the last hour: many of them say that the line is in a bad place.
         */
        TrackEnds: {
            /**
             * Points
             * @description [x, y] in 0..1 of the picture's width and height, oldest first.
             * @example [
             *       [
             *         0.5,
             *         0.25
             *       ]
             *     ]
             */
            points: number[][];
        };
        /**
         * WorkerKey
         * @description A worker key. `hint` is its last four characters; the key itself is not stored.
         */
        WorkerKey: {
            /**
             * Worker Key Id
             * Format: uuid
             */
            worker_key_id: string;
            /** Name */
            name: string;
            /** Hint */
            hint: string;
            /**
             * Created By
             * @description User id of the superadmin who created it; null for a command.
             */
            created_by: string | null;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Last Used At */
            last_used_at: string | null;
            /** Revoked At */
            revoked_at: string | null;
        };
        /**
         * WorkerKeyCreate
         * @description A new worker key.
         */
        WorkerKeyCreate: {
            /**
             * Name
             * @description Name, 1 to 120 characters.
             */
            name: string;
        };
        /**
         * WorkerKeyCreated
         * @description A new worker key, with the key itself.
         */
        WorkerKeyCreated: {
            /**
             * Worker Key Id
             * Format: uuid
             */
            worker_key_id: string;
            /** Name */
            name: string;
            /** Hint */
            hint: string;
            /**
             * Created By
             * @description User id of the superadmin who created it; null for a command.
             */
            created_by: string | null;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Last Used At */
            last_used_at: string | null;
            /** Revoked At */
            revoked_at: string | null;
            /**
             * Key
             * @description The key. Only this response contains it.
             */
            key: string;
        };
        /**
         * WorkerKeys
         * @description The worker keys of a store.
         */
        WorkerKeys: {
            /** Worker Keys */
            worker_keys: components["schemas"]["WorkerKey"][];
        };
        /**
         * ErrorItem
         * @description One error of a request that failed validation.
         */
        ErrorItem: {
            /**
             * Loc
             * @description Part of the request, then the path to the member.
             */
            loc: (string | number)[];
            /** @description Stable slug of the error. */
            type: components["schemas"]["FieldErrorType"];
            /**
             * Message
             * @description An English sentence for a person.
             */
            message: string;
            /**
             * Params
             * @description The numbers and names of the sentence.
             * @default null
             * @example {
             *       "max_length": 120
             *     }
             */
            params?: {
                [key: string]: string | number;
            } | null;
        };
        /**
         * FieldErrorType
         * @description What is wrong with a member of a body, or with a parameter.
         * @enum {string}
         */
        FieldErrorType: "control_characters" | "country_missing" | "country_unknown" | "email_invalid" | "future_date" | "idempotency_key_invalid" | "if_match_invalid" | "interval_too_short" | "invalid_value" | "line_too_short" | "min_stay_out_of_range" | "mute_out_of_range" | "needs_period" | "not_a_date" | "not_a_time" | "not_a_timestamp" | "not_a_webhook" | "not_after_from" | "not_null" | "not_on_a_quarter_hour" | "not_with_range" | "not_within_a_day" | "nothing_given" | "out_of_range" | "overlapping_hours" | "parts_not_consecutive" | "parts_sum_differs" | "quiet_hours_empty" | "range_too_long" | "region_unknown" | "store_of_scope" | "time_zone_invalid" | "time_zone_unknown" | "too_early" | "too_few_frames" | "unstorable_value" | "url_of_kind" | "webhook_url" | "window_reversed" | "window_too_long" | "year_out_of_range" | "bool_parsing" | "bool_type" | "date_from_datetime_inexact" | "date_from_datetime_parsing" | "date_parsing" | "date_type" | "datetime_from_date_parsing" | "datetime_object_invalid" | "datetime_parsing" | "datetime_type" | "dict_type" | "enum" | "extra_forbidden" | "finite_number" | "float_parsing" | "float_type" | "greater_than" | "greater_than_equal" | "int_from_float" | "int_parsing" | "int_parsing_size" | "int_type" | "json_invalid" | "less_than" | "less_than_equal" | "list_type" | "literal_error" | "missing" | "model_attributes_type" | "model_type" | "multiple_of" | "string_pattern_mismatch" | "string_too_long" | "string_too_short" | "string_type" | "string_unicode" | "time_parsing" | "time_type" | "timezone_aware" | "too_long" | "too_short" | "uuid_parsing" | "uuid_type";
        /**
         * ProblemDetails
         * @description A problem (RFC 9457). `type` is stable; clients should decide by it.
         */
        ProblemDetails: {
            /**
             * Type
             * @enum {string}
             */
            type: "already_owner" | "already_superadmin" | "bad_request" | "camera_archived" | "camera_not_found" | "database_unavailable" | "idempotency_key_in_use" | "idempotency_key_reused" | "identity_unavailable" | "import_window_not_found" | "incident_not_found" | "internal_error" | "invalid_token" | "invite_not_found" | "last_owner" | "last_superadmin" | "mail_not_sent" | "method_not_allowed" | "no_rejected_instance" | "not_found" | "owner_not_found" | "precondition_failed" | "snapshot_not_found" | "store_archived" | "store_not_found" | "superadmin_not_found" | "superadmin_removed" | "token_expired" | "too_large" | "too_many_keys" | "unauthorized" | "unsupported_media_type" | "validation_error" | "view_unchanged" | "window_in_future" | "window_not_over" | "window_too_old" | "worker_key_not_found";
            /** Title */
            title: string;
            /** Status */
            status: number;
            /** Detail */
            detail: string;
            /**
             * Errors
             * @default null
             */
            errors?: components["schemas"]["ErrorItem"][] | null;
            /**
             * Current
             * @description Of `precondition_failed`: the resource as it is now.
             * @default null
             */
            current?: {
                [key: string]: unknown;
            } | null;
            /**
             * Changed By
             * @description Of `precondition_failed`: who changed it last.
             * @default null
             */
            changed_by?: string | null;
            /**
             * Changed At
             * @description Of `precondition_failed`: when.
             * @default null
             */
            changed_at?: string | null;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    list_stores: {
        parameters: {
            query?: {
                /** @description Whether archived ones are listed too. */
                include_archived?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Stores"];
                };
            };
            /** @description Bad request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Method not allowed */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    create_store: {
        parameters: {
            query?: never;
            header?: {
                /** @description A random UUID for each creation. A repetition with the same key and body within a day creates nothing and gets the response of the first request. */
                "Idempotency-Key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StoreCreate"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Store"];
                };
            };
            /** @description Bad request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Method not allowed */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Idempotency-Key used for another request */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    get_store: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The store. */
                store_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Store"];
                };
            };
            /** @description Bad request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Method not allowed */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    change_store: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `etag` of the resource that the change is based on. If the resource has changed since, nothing is written and the response is 412. Without the header, or with `*`, the change is always written. */
                "If-Match"?: string | null;
            };
            path: {
                /** @description The store. */
                store_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StoreChange"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Store"];
                };
            };
            /** @description Bad request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Method not allowed */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Changed by somebody else */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    archive_store: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `etag` of the resource that the change is based on. If the resource has changed since, nothing is written and the response is 412. Without the header, or with `*`, the change is always written. */
                "If-Match"?: string | null;
            };
            path: {
                /** @description The store. */
                store_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Store"];
                };
            };
            /** @description Bad request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Method not allowed */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Changed by somebody else */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    restore_store: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `etag` of the resource that the change is based on. If the resource has changed since, nothing is written and the response is 412. Without the header, or with `*`, the change is always written. */
                "If-Match"?: string | null;
            };
            path: {
                /** @description The store. */
                store_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Store"];
                };
            };
            /** @description Bad request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Method not allowed */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Changed by somebody else */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    list_holiday_countries: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HolidayCountries"];
                };
            };
            /** @description Bad request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Method not allowed */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    find_cities: {
        parameters: {
            query?: {
                /** @description A name in any language and spelling, or its beginning (3 letters). */
                name?: string;
                /** @description Only cities of this country, ISO 3166-1 alpha-2. */
                country?: string | null;
                /** @description Only cities of this first administrative division (GeoNames' code). */
                region?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Cities"];
                };
            };
            /** @description Bad request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Method not allowed */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    list_cameras: {
        parameters: {
            query?: {
                /** @description Whether archived ones are listed too. */
                include_archived?: boolean;
            };
            header?: never;
            path: {
                /** @description The store. */
                store_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Cameras"];
                };
            };
            /** @description Bad request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Method not allowed */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    create_camera: {
        parameters: {
            query?: never;
            header?: {
                /** @description A random UUID for each creation. A repetition with the same key and body within a day creates nothing and gets the response of the first request. */
                "Idempotency-Key"?: string | null;
            };
            path: {
                /** @description The store. */
                store_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CameraCreate"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Camera"];
                };
            };
            /** @description Bad request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Method not allowed */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Idempotency-Key used for another request */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    get_camera: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The camera. */
                camera_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Camera"];
                };
            };
            /** @description Bad request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Method not allowed */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    change_camera: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `etag` of the resource that the change is based on. If the resource has changed since, nothing is written and the response is 412. Without the header, or with `*`, the change is always written. */
                "If-Match"?: string | null;
            };
            path: {
                /** @description The camera. */
                camera_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CameraChange"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Camera"];
                };
            };
            /** @description Bad request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Method not allowed */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Changed by somebody else */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    set_line: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `etag` of the resource that the change is based on. If the resource has changed since, nothing is written and the response is 412. Without the header, or with `*`, the change is always written. */
                "If-Match"?: string | null;
            };
            path: {
                /** @description The camera. */
                camera_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LineChange"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Camera"];
                };
            };
            /** @description Bad request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Method not allowed */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Changed by somebody else */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    get_track_ends: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The camera. */
                camera_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TrackEnds"];
                };
            };
            /** @description Bad request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Method not allowed */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    get_snapshot: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The camera. */
                camera_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Snapshot"];
                };
            };
            /** @description Bad request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Method not allowed */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    request_snapshot: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The camera. */
                camera_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SnapshotRequested"];
                };
            };
            /** @description Bad request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Method not allowed */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    accept_instance: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The camera. */
                camera_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Camera"];
                };
            };
            /** @description Bad request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Method not allowed */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    accept_view: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The camera. */
                camera_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Camera"];
                };
            };
            /** @description Bad request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Method not allowed */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    archive_camera: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `etag` of the resource that the change is based on. If the resource has changed since, nothing is written and the response is 412. Without the header, or with `*`, the change is always written. */
                "If-Match"?: string | null;
            };
            path: {
                /** @description The camera. */
                camera_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Camera"];
                };
            };
            /** @description Bad request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Method not allowed */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Changed by somebody else */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    list_count_checks: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The camera. */
                camera_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CountChecks"];
                };
            };
            /** @description Bad request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Method not allowed */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    create_count_check: {
        parameters: {
            query?: never;
            header?: {
                /** @description A random UUID for each creation. A repetition with the same key and body within a day creates nothing and gets the response of the first request. */
                "Idempotency-Key"?: string | null;
            };
            path: {
                /** @description The camera. */
                camera_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CountCheckCreate"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CountCheck"];
                };
            };
            /** @description Bad request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Method not allowed */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Idempotency-Key used for another request */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    list_crossings: {
        parameters: {
            query?: {
                /** @description Crossings that were stored after this time: `next_after` of the last response. */
                after?: string | null;
            };
            header?: never;
            path: {
                /** @description The camera. */
                camera_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Crossings"];
                };
            };
            /** @description Bad request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Method not allowed */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    list_import_windows: {
        parameters: {
            query?: {
                /** @description Only windows of this camera. */
                camera_id?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportWindows"];
                };
            };
            /** @description Bad request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Method not allowed */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    open_import_window: {
        parameters: {
            query?: never;
            header?: {
                /** @description A random UUID for each creation. A repetition with the same key and body within a day creates nothing and gets the response of the first request. */
                "Idempotency-Key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ImportWindowCreate"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportWindow"];
                };
            };
            /** @description Bad request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Method not allowed */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Idempotency-Key used for another request */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    close_import_window: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The import window. */
                import_window_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Method not allowed */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    list_owners: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The store. */
                store_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Owners"];
                };
            };
            /** @description Bad request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Method not allowed */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    invite_owner: {
        parameters: {
            query?: never;
            header?: {
                /** @description A random UUID for each creation. A repetition with the same key and body within a day creates nothing and gets the response of the first request. */
                "Idempotency-Key"?: string | null;
            };
            path: {
                /** @description The store. */
                store_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OwnerInvite"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InviteSent"];
                };
            };
            /** @description Bad request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Method not allowed */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Idempotency-Key used for another request */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Upstream service failed */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    remove_owner: {
        parameters: {
            query?: {
                /** @description Remove the owner even if the store has no other. */
                allow_ownerless?: boolean;
            };
            header?: never;
            path: {
                /** @description The store. */
                store_id: string;
                /** @description The owner. */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Method not allowed */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    revoke_invite: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The store. */
                store_id: string;
                /** @description The invitation. */
                invite_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Method not allowed */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    list_worker_keys: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The store. */
                store_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkerKeys"];
                };
            };
            /** @description Bad request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Method not allowed */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    create_worker_key: {
        parameters: {
            query?: never;
            header?: {
                /** @description A random UUID for each creation. A repetition with the same key and body within a day creates nothing and gets the response of the first request. */
                "Idempotency-Key"?: string | null;
            };
            path: {
                /** @description The store. */
                store_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WorkerKeyCreate"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkerKeyCreated"];
                };
            };
            /** @description Bad request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Method not allowed */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Idempotency-Key used for another request */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    revoke_worker_key: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The store. */
                store_id: string;
                /** @description The id of the key, not the key. */
                worker_key_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Method not allowed */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    list_worker_keys_created_by: {
        parameters: {
            query: {
                /** @description User id of the superadmin who created the keys. */
                created_by: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StoreWorkerKeys"];
                };
            };
            /** @description Bad request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Method not allowed */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    get_health: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            /** @description Bad request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Method not allowed */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    get_coverage: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Coverage"];
                };
            };
            /** @description Bad request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Method not allowed */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    get_audit: {
        parameters: {
            query?: {
                /** @description Entries older than this one: `next_before` of the last page. */
                before?: number | null;
                /** @description Maximum number of entries. */
                limit?: number;
                /** @description Only entries about this store. */
                store_id?: string | null;
                /** @description Only actions of this person. */
                actor_id?: string | null;
                /** @description Only this action, for example store.create. */
                action?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditPage"];
                };
            };
            /** @description Bad request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Method not allowed */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    list_incidents: {
        parameters: {
            query?: {
                /** @description Leave out closed incidents. */
                open?: boolean;
                /** @description Only entries about this store. */
                store_id?: string | null;
                /** @description Incidents older than this one: `next_before` of the last page. */
                before?: string | null;
                /** @description Maximum number of entries. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Incidents"];
                };
            };
            /** @description Bad request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Method not allowed */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    update_incident: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `etag` of the resource that the change is based on. If the resource has changed since, nothing is written and the response is 412. Without the header, or with `*`, the change is always written. */
                "If-Match"?: string | null;
            };
            path: {
                /** @description The incident. */
                incident_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["IncidentUpdate"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Incident"];
                };
            };
            /** @description Bad request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Method not allowed */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Changed by somebody else */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    list_superadmins: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Superadmins"];
                };
            };
            /** @description Bad request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Method not allowed */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    add_superadmin: {
        parameters: {
            query?: never;
            header?: {
                /** @description A random UUID for each creation. A repetition with the same key and body within a day creates nothing and gets the response of the first request. */
                "Idempotency-Key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SuperadminCreate"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SuperadminResponse"];
                };
            };
            /** @description Bad request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Method not allowed */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Idempotency-Key used for another request */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
    remove_superadmin: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the superadmin, not of the user. */
                superadmin_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Method not allowed */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Not valid */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
            /** @description Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemDetails"];
                };
            };
        };
    };
}
