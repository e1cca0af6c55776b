// Generated from openapi/owner.json by scripts/generate.mjs: do not edit.
export interface paths {
    "/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the caller
         * @description Return the caller and the stores that they may read.
         */
        get: operations["get_me"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/stores": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the caller's stores
         * @description Return every store of the caller with its live occupancy, its visitors today and its health.
         *
         *     With `period`, each store also has the KPIs of that period, and with `compare` its visitors beside those of an
         *     earlier one.
         */
        get: operations["get_stores"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/stores/{store_id}/occupancy-reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Correct the occupancy
         * @description Set the number of people inside now. Counting continues from this number.
         */
        post: operations["post_occupancy_reset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/live/{store_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the current state of a store
         * @description Return the people inside now, the totals of today so far, and the cameras of the store.
         */
        get: operations["get_live"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/stores/{store_id}/calendar": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the calendar of a store
         * @description Return each date with its opening hours, its public holiday and its note.
         */
        get: operations["get_calendar"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/stores/{store_id}/calendar/{date}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Set a special day
         * @description Set other opening hours, a note, or both. Numbers of a date in the past are computed again with its new hours.
         */
        put: operations["put_special_day"];
        post?: never;
        /**
         * Delete a special day
         * @description Give the date its usual opening hours. Works also when there is no special day.
         */
        delete: operations["delete_special_day"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/stores/{store_id}/incidents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the incidents of a store
         * @description Return what is wrong with the cameras of the store, each with what to check. Newest first.
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
    "/stores/{store_id}/incidents/{incident_id}": {
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
    "/me/notifications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the notification channels of the caller
         * @description Return how the caller is told about incidents.
         */
        get: operations["list_channels"];
        put?: never;
        /**
         * Create a notification channel
         * @description Mail goes to the address of the account. Only this response contains the secret of a webhook.
         */
        post: operations["create_channel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/notifications/{channel_id}": {
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
         * Delete a notification channel
         * @description Nothing more is sent, and its deliveries are deleted.
         */
        delete: operations["delete_channel"];
        options?: never;
        head?: never;
        /**
         * Change a notification channel
         * @description Disable it or enable it, choose what is sent, or set quiet hours.
         */
        patch: operations["update_channel"];
        trace?: never;
    };
    "/me/notifications/{channel_id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Test a notification channel
         * @description Send a test within a minute, once a minute at most. The deliveries of the channel show what became of it.
         */
        post: operations["send_test"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/notifications/{channel_id}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the deliveries of a notification channel
         * @description Newest first: what was delivered, what is tried again, and what has failed for good, each with the reason.
         */
        get: operations["list_deliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/dashboard/{store_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the KPIs of a period
         * @description Return KPIs with their baseline, buckets (hours of a day; days, weeks or months) and the hourly heatmap.
         */
        get: operations["get_dashboard"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/stores/{store_id}/footfall": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get visitors and exits in intervals
         * @description Return visitors and exits per 15 minutes, hour or store-day, with the state and the coverage of every row.
         */
        get: operations["get_footfall"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/stores/{store_id}/forecast": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Forecast the rest of today and the next seven days
         * @description Return the expected visitors of each hour with their prediction intervals, and past hours far outside theirs.
         */
        get: operations["get_forecast"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/reports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the reports that the caller gets
         * @description Return which reports of which stores the caller gets by mail.
         */
        get: operations["list_subscriptions"];
        put?: never;
        /**
         * Subscribe to a report
         * @description Get a report of a store by mail, at seven in the morning after each day, week or month.
         */
        post: operations["subscribe"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Preview a report
         * @description Return the report as it is sent: of the period that contains `date`, or of the last one that is due.
         */
        get: operations["get_preview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/reports/{subscription_id}": {
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
         * End a subscription
         * @description No more reports of this kind are sent.
         */
        delete: operations["delete_subscription"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/unsubscribe/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Unsubscribe from a report without a sign-in
         * @description End the subscription of a report (RFC 8058). Works once: afterwards the token is unknown.
         */
        post: operations["post_unsubscribe"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/stores/{store_id}/wall-links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the wall links of a store
         * @description Return the links to the wall view, without their tokens.
         */
        get: operations["list_wall_links"];
        put?: never;
        /**
         * Create a wall link
         * @description Create a link that shows the live occupancy of the store on a screen, without a sign-in, until it is revoked.
         */
        post: operations["create_wall_link"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/stores/{store_id}/wall-links/{wall_link_id}": {
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
         * Revoke a wall link
         * @description Screens with this link show nothing any more.
         */
        delete: operations["revoke_wall_link"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/stores/{store_id}/wall/{wall_token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the wall view of a store
         * @description Return the live occupancy of a store, without a sign-in. A wrong, revoked or foreign token gets 404.
         */
        get: operations["get_wall"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Check the API and its database
         * @description Check that the API and its database answer. Needs no authentication and returns no tenant's data.
         */
        get: operations["get_healthz"];
        put?: never;
        post?: never;
        delete?: never;
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
         * Annotation
         * @description What is special about a date of the store.
         */
        Annotation: {
            /**
             * Date
             * Format: date
             */
            date: string;
            /**
             * Public Holiday
             * @description The name of the public holiday, in the main language of the country.
             */
            public_holiday: string | null;
            /**
             * Public Holiday Names
             * @description The names of the public holiday by language, those of `en`, `de`, `es`, `fr`, `it` that exist.
             * @example {
             *       "en": "Christmas Day",
             *       "fr": "Noël"
             *     }
             */
            public_holiday_names: {
                [key: string]: string;
            };
            /**
             * Note
             * @description The note of the special day.
             */
            note: string | null;
            /**
             * Has Special Hours
             * @description Whether it has other opening hours than its weekday, or is closed.
             */
            has_special_hours: boolean;
        };
        /**
         * Anomaly
         * @description A past, fully observed hour whose visitors were far from the forecast.
         */
        Anomaly: {
            /**
             * Start
             * Format: date-time
             * @description ISO 8601, with the offset of the store's zone at that time.
             */
            start: string;
            /**
             * End
             * Format: date-time
             * @description ISO 8601, with the offset of the store's zone at that time.
             */
            end: string;
            /**
             * Visitors
             * @description A number of crossings or of people.
             */
            visitors: number;
            /** Expected */
            expected: number;
            /** Low */
            low: number;
            /** High */
            high: number;
            /**
             * Annotations
             * @description What is special about its day.
             */
            annotations: components["schemas"]["Annotation"][];
        };
        /**
         * Bucket
         * @description A bucket of the period, as long as `interval` says. The first and the last week or month may be cut.
         */
        Bucket: {
            /**
             * Start
             * Format: date-time
             * @description ISO 8601, with the offset of the store's zone at that time.
             */
            start: string;
            /**
             * End
             * Format: date-time
             * @description ISO 8601, with the offset of the store's zone at that time.
             */
            end: string;
            /**
             * Visitors
             * @description Null when it is unknown; an unknown number is never zero.
             */
            visitors: number | null;
            /** Exits */
            exits: number | null;
            /**
             * Unmatched Exits
             * @description The exits of people who were not counted inside.
             */
            unmatched_exits: number | null;
            /**
             * Residual
             * @description Entries - exits of its store-days whose occupancy has ended. Null for an hour.
             */
            residual: number | null;
            /** Occupancy Average */
            occupancy_average: number | null;
            /**
             * Occupancy End
             * @description People inside at its end, or now; a fraction when the day was reconciled.
             */
            occupancy_end: number | null;
            state: components["schemas"]["BucketState"];
            /**
             * Coverage
             * @description Share of its open time that was observed; null when closed or in the future.
             */
            coverage: number | null;
            /** @description `line_changed` when a camera began to count with another line in it; otherwise null. */
            note: components["schemas"]["Note"] | null;
            /** Baseline Visitors */
            baseline_visitors: number | null;
            /**
             * Annotations
             * @description What is special about its days.
             */
            annotations: components["schemas"]["Annotation"][];
        };
        /**
         * BucketState
         * @description How complete the numbers of a bucket are.
         *
         *     `value`: at least 90 % of its open time was observed. `partial`: less was observed, or a camera counted with two
         *     lines in each of its quarter-hours. `no_data`: nothing was observed; the numbers are null, never zero. `pending`:
         *     the bucket is not over, or crossings may still arrive. `closed`: outside the opening hours.
         * @enum {string}
         */
        BucketState: "value" | "partial" | "no_data" | "pending" | "closed";
        /**
         * Calendar
         * @description The calendar of a store from one date to another.
         */
        Calendar: {
            /**
             * Store Id
             * Format: uuid
             */
            store_id: string;
            /**
             * Timezone
             * @description An IANA time zone.
             * @example Pacific/Auckland
             */
            timezone: string;
            /**
             * First Weekday
             * @description The day on which weeks of the store begin, 1 = Monday.
             */
            first_weekday: number;
            /** Days */
            days: components["schemas"]["CalendarDay"][];
        };
        /**
         * CalendarDay
         * @description A date of the calendar of a store, with the opening hours that are valid on it.
         */
        CalendarDay: {
            /**
             * Date
             * Format: date
             */
            date: string;
            /**
             * Opening Hours
             * @description The open times that begin on the date; empty: closed. All day: 00:00 to 24:00.
             */
            opening_hours: string[][];
            hours_from: components["schemas"]["HoursSource"];
            /**
             * Public Holiday
             * @description The name of the public holiday, in the main language of the country.
             */
            public_holiday: string | null;
            /**
             * Public Holiday Names
             * @description The names of the public holiday by language, those of `en`, `de`, `es`, `fr`, `it` that exist.
             * @example {
             *       "en": "Christmas Day",
             *       "fr": "Noël"
             *     }
             */
            public_holiday_names: {
                [key: string]: string;
            };
            /** Note */
            note: string | null;
        };
        /**
         * CameraStatus
         * @description Whether heartbeats arrive. ``never_seen``: none has ever arrived.
         * @enum {string}
         */
        CameraStatus: "online" | "offline" | "never_seen";
        /**
         * Channel
         * @description A notification channel.
         */
        Channel: {
            /**
             * Channel Id
             * Format: uuid
             */
            channel_id: string;
            kind: components["schemas"]["ChannelKind"];
            scope: components["schemas"]["ChannelScope"];
            /** Store Id */
            store_id: string | null;
            /** Url */
            url: string | null;
            minimum_severity: components["schemas"]["Severity"];
            /**
             * Incident Types
             * @description Null: all types.
             */
            incident_types: components["schemas"]["IncidentType"][] | null;
            quiet_hours: components["schemas"]["QuietHours"] | null;
            /** Enabled */
            enabled: boolean;
            /**
             * Disabled Reason
             * @description Why the channel was disabled; null if a person did it.
             */
            disabled_reason: string | null;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
        };
        /**
         * ChannelCreate
         * @description A new channel.
         */
        ChannelCreate: {
            kind: components["schemas"]["ChannelKind"];
            /** @description `installation` is for superadmins. */
            scope: components["schemas"]["ChannelScope"];
            /**
             * Store Id
             * @description The store; with the scope `store` only.
             */
            store_id?: string | null;
            /**
             * Url
             * @description The URL; of a webhook only.
             */
            url?: string | null;
            /** @default warning */
            minimum_severity?: components["schemas"]["Severity"];
            /**
             * Incident Types
             * @description Null: all types.
             */
            incident_types?: components["schemas"]["IncidentType"][] | null;
            quiet_hours?: components["schemas"]["QuietHours"] | null;
            /**
             * Enabled
             * @default true
             */
            enabled?: boolean;
        };
        /**
         * ChannelCreated
         * @description A new channel, with the secret of a webhook.
         */
        ChannelCreated: {
            /**
             * Channel Id
             * Format: uuid
             */
            channel_id: string;
            kind: components["schemas"]["ChannelKind"];
            scope: components["schemas"]["ChannelScope"];
            /** Store Id */
            store_id: string | null;
            /** Url */
            url: string | null;
            minimum_severity: components["schemas"]["Severity"];
            /**
             * Incident Types
             * @description Null: all types.
             */
            incident_types: components["schemas"]["IncidentType"][] | null;
            quiet_hours: components["schemas"]["QuietHours"] | null;
            /** Enabled */
            enabled: boolean;
            /**
             * Disabled Reason
             * @description Why the channel was disabled; null if a person did it.
             */
            disabled_reason: string | null;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Secret
             * @description Verifies the signatures of a webhook. Only this response contains it.
             */
            secret: string | null;
        };
        /**
         * ChannelKind
         * @description How a channel delivers. A mail goes to the address of the account.
         * @enum {string}
         */
        ChannelKind: "mail" | "webhook";
        /**
         * ChannelScope
         * @description Whose incidents a channel tells. ``installation``: all stores, keys and database jobs; superadmins only.
         * @enum {string}
         */
        ChannelScope: "store" | "own_stores" | "installation";
        /**
         * ChannelUpdate
         * @description Changes of a channel. A member that is missing stays as it is.
         */
        ChannelUpdate: {
            /** Url */
            url?: string | null;
            minimum_severity?: components["schemas"]["Severity"] | null;
            /**
             * Incident Types
             * @description Null: all types.
             */
            incident_types?: components["schemas"]["IncidentType"][] | null;
            /** @description Null: none. */
            quiet_hours?: components["schemas"]["QuietHours"] | null;
            /**
             * Enabled
             * @description True: send what opens from now on.
             */
            enabled?: boolean | null;
        };
        /**
         * Channels
         * @description The channels of the caller, oldest first.
         */
        Channels: {
            /** Channels */
            channels: components["schemas"]["Channel"][];
        };
        /**
         * CompareMode
         * @description The period that a dashboard is compared with: the one before, the same one of the year before, or none.
         * @enum {string}
         */
        CompareMode: "previous" | "year" | "none";
        /**
         * Comparison
         * @description The compared days. When the period is in progress, the comparison ends at the same time of its counterpart.
         */
        Comparison: {
            mode: components["schemas"]["CompareMode"];
            match: components["schemas"]["MatchMode"];
            /**
             * Date
             * Format: date
             * @description The first of the earlier days.
             */
            date: string;
            /**
             * Start
             * Format: date-time
             * @description ISO 8601, with the offset of the store's zone at that time.
             */
            start: string;
            /**
             * End
             * Format: date-time
             * @description ISO 8601, with the offset of the store's zone at that time.
             */
            end: string;
            /**
             * Days
             * @description The store-days of the period so far that are compared with their counterpart.
             */
            days: number;
            /**
             * Days Left Out
             * @description The store-days of the period so far that have a counterpart and are not compared with it, because only one of the two has these opening hours of a special day or is closed on a public holiday.
             */
            days_left_out: number;
            /** @description `line_changed` when a camera counted with more than one line in the two periods; otherwise null. */
            note: components["schemas"]["Note"] | null;
            /**
             * Annotations
             * @description What is special about the earlier days.
             */
            annotations: components["schemas"]["Annotation"][];
        };
        /**
         * Dashboard
         * @description The KPIs of a period of a store.
         */
        Dashboard: {
            /**
             * Store Id
             * Format: uuid
             */
            store_id: string;
            /** Name */
            name: string;
            /**
             * Timezone
             * @description An IANA time zone.
             * @example Pacific/Auckland
             */
            timezone: string;
            /**
             * First Weekday
             * @description The day on which weeks of the store begin, 1 = Monday.
             */
            first_weekday: number;
            /**
             * As Of
             * Format: date-time
             * @description The time of all numbers of the response.
             */
            as_of: string;
            /** Capacity */
            capacity: number | null;
            period: components["schemas"]["Period"];
            interval: components["schemas"]["DashboardInterval"];
            /**
             * Date
             * Format: date
             * @description The requested store-day; of a range the first.
             */
            date: string;
            window: components["schemas"]["DashboardWindow"];
            compare: components["schemas"]["Comparison"] | null;
            /** Data Complete Until */
            data_complete_until: string | null;
            /**
             * Coverage
             * @description Share of the open time so far that was observed.
             */
            coverage: number | null;
            kpis: components["schemas"]["Kpis"];
            dwell_method: components["schemas"]["DwellMethod"];
            /** Buckets */
            buckets: components["schemas"]["Bucket"][];
            /** Heatmap */
            heatmap: components["schemas"]["HeatmapCell"][];
            provenance: components["schemas"]["Provenance"];
        };
        /**
         * DashboardInterval
         * @description The length of a bucket of a dashboard: hours of one day, days up to 62, weeks up to 184 days, then months.
         * @enum {string}
         */
        DashboardInterval: "hour" | "day" | "week" | "month";
        /**
         * DashboardWindow
         * @description The store-days of the period, half-open. The numbers include everything before `until`.
         */
        DashboardWindow: {
            /**
             * Start
             * Format: date-time
             * @description ISO 8601, with the offset of the store's zone at that time.
             */
            start: string;
            /**
             * End
             * Format: date-time
             * @description ISO 8601, with the offset of the store's zone at that time.
             */
            end: string;
            /**
             * Until
             * Format: date-time
             * @description ISO 8601, with the offset of the store's zone at that time.
             */
            until: string;
            /** In Progress */
            in_progress: boolean;
        };
        /**
         * Deliveries
         * @description The notifications of a channel.
         */
        Deliveries: {
            /**
             * Channel Id
             * Format: uuid
             */
            channel_id: string;
            /**
             * Deliveries
             * @description Newest first, of the last 90 days.
             */
            deliveries: components["schemas"]["Delivery"][];
        };
        /**
         * Delivery
         * @description A notification of a channel, and what became of it.
         */
        Delivery: {
            /**
             * Delivery Id
             * Format: uuid
             * @description `webhook-id` of a webhook; part of the Message-ID of a mail.
             */
            delivery_id: string;
            type: components["schemas"]["NotificationType"];
            state: components["schemas"]["DeliveryState"];
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Attempts */
            attempts: number;
            /**
             * Attempted At
             * @description The last attempt.
             */
            attempted_at: string | null;
            /** Next Attempt At */
            next_attempt_at: string | null;
            /**
             * Outcome
             * @description What the last attempt ended with.
             */
            outcome: string | null;
            /** Delivered At */
            delivered_at: string | null;
            /** Failed At */
            failed_at: string | null;
        };
        /**
         * DeliveryState
         * @description ``pending``: an attempt is due or runs. ``failed``: no other attempt is made.
         * @enum {string}
         */
        DeliveryState: "pending" | "delivered" | "failed";
        /**
         * DwellMethod
         * @description How the dwell time was estimated. Both methods use Little's law.
         *
         *     `complete`: mean exit time - mean entry time of complete store-days. `so_far`: person-seconds so far per visitor so
         *     far; it is too short while visitors are still inside.
         * @enum {string}
         */
        DwellMethod: "complete" | "so_far";
        /**
         * Footfall
         * @description A series of visitors and exits. Its rows cover `[from, to)` without gaps.
         */
        Footfall: {
            /**
             * Store Id
             * Format: uuid
             */
            store_id: string;
            /** Name */
            name: string;
            /**
             * Timezone
             * @description An IANA time zone.
             * @example Pacific/Auckland
             */
            timezone: string;
            /**
             * Camera Id
             * @description The camera of the series; null for the whole store.
             */
            camera_id: string | null;
            interval: components["schemas"]["Interval"];
            /**
             * From
             * Format: date-time
             * @description ISO 8601, with the offset of the store's zone at that time.
             */
            from: string;
            /**
             * To
             * Format: date-time
             * @description ISO 8601, with the offset of the store's zone at that time.
             */
            to: string;
            /**
             * Limit Days
             * @description The longest window of this interval, days.
             */
            limit_days: number;
            /** Data Complete Until */
            data_complete_until: string | null;
            provenance: components["schemas"]["Provenance"];
            /** Rows */
            rows: components["schemas"]["FootfallRow"][];
        };
        /**
         * FootfallRow
         * @description One interval of the series.
         */
        FootfallRow: {
            /**
             * Start
             * Format: date-time
             * @description ISO 8601, with the offset of the store's zone at that time.
             */
            start: string;
            /**
             * End
             * Format: date-time
             * @description ISO 8601, with the offset of the store's zone at that time.
             */
            end: string;
            /**
             * Visitors
             * @description Null when it is unknown; an unknown number is never zero.
             */
            visitors: number | null;
            /** Exits */
            exits: number | null;
            state: components["schemas"]["BucketState"];
            /**
             * Coverage
             * @description Share of its open time that was observed; null when closed or in the future.
             */
            coverage: number | null;
            /** @description `line_changed` when a camera began to count with another line in it; otherwise null. */
            note: components["schemas"]["Note"] | null;
            /**
             * Annotations
             * @description What is special about its days.
             */
            annotations: components["schemas"]["Annotation"][];
        };
        /**
         * Forecast
         * @description The rest of today and the next seven store-days.
         */
        Forecast: {
            /**
             * Store Id
             * Format: uuid
             */
            store_id: string;
            /** Name */
            name: string;
            /**
             * Timezone
             * @description An IANA time zone.
             * @example Pacific/Auckland
             */
            timezone: string;
            /**
             * Confidence
             * @description The share of hours that should lie between low and high.
             */
            confidence: number;
            /**
             * History Weeks
             * @description Weeks of observed history.
             */
            history_weeks: number;
            /**
             * Reason
             * @description Why there is no forecast; null when there is one.
             */
            reason: string | null;
            /**
             * Rest Of Today
             * @description Visitors still expected today; null when it is unknown.
             */
            rest_of_today: number | null;
            /** Hours */
            hours: components["schemas"]["ForecastHour"][];
            /** Anomalies */
            anomalies: components["schemas"]["Anomaly"][];
            provenance: components["schemas"]["Provenance"];
        };
        /**
         * ForecastHour
         * @description A future hour, or the rest of the current one: expected visitors and their prediction interval.
         */
        ForecastHour: {
            /**
             * Start
             * Format: date-time
             * @description ISO 8601, with the offset of the store's zone at that time.
             */
            start: string;
            /**
             * End
             * Format: date-time
             * @description ISO 8601, with the offset of the store's zone at that time.
             */
            end: string;
            /** Visitors */
            visitors: number;
            /**
             * Low
             * @description Lower end of the interval.
             */
            low: number;
            /**
             * High
             * @description Upper end of the interval.
             */
            high: number;
            /**
             * Annotations
             * @description What is special about its day.
             */
            annotations: components["schemas"]["Annotation"][];
        };
        /**
         * Format
         * @description The media type of the footfall series.
         * @enum {string}
         */
        Format: "json" | "csv";
        /**
         * FormerCameras
         * @description The part of today's totals from cameras that were archived or moved to another store today.
         */
        FormerCameras: {
            /**
             * Counted In
             * @description A number of crossings or of people.
             */
            counted_in: number;
            /**
             * Counted Out
             * @description A number of crossings or of people.
             */
            counted_out: number;
        };
        /**
         * Health
         * @description Whether the cameras of a store report: all, some or none of them, or the store has no camera.
         *
         *     `degraded` also while the store is open and a camera reports a picture that stands still or is covered.
         * @enum {string}
         */
        Health: "online" | "degraded" | "offline" | "no_cameras";
        /**
         * Healthy
         * @description The API and its database answer.
         */
        Healthy: {
            /**
             * Status
             * @constant
             */
            status: "ok";
            /**
             * Database
             * @constant
             */
            database: "ok";
        };
        /**
         * HeatmapCell
         * @description A weekday and an hour of the wall clock. Only those with observed time are sent.
         */
        HeatmapCell: {
            /**
             * Weekday
             * @description 1 = Monday.
             */
            weekday: number;
            /**
             * Hour
             * @description Hour of the day on the wall clock of the store.
             */
            hour: number;
            /** Visitors Per Hour */
            visitors_per_hour: number;
            /** Observed Hours */
            observed_hours: number;
        };
        /**
         * HoursSource
         * @description What the opening hours of a date come from.
         * @enum {string}
         */
        HoursSource: "weekly" | "public_holiday" | "special_day";
        /**
         * Incident
         * @description Something is wrong with a camera, or was.
         */
        Incident: {
            /**
             * Incident Id
             * Format: uuid
             */
            incident_id: string;
            type: components["schemas"]["IncidentType"];
            /** @description `critical`: nobody is counted until somebody acts. */
            severity: components["schemas"]["Severity"];
            /**
             * Camera Id
             * Format: uuid
             */
            camera_id: string;
            /** Camera Name */
            camera_name: string;
            /**
             * Detail
             * @description What is wrong, with its numbers, in English.
             */
            detail: string;
            /**
             * Remedy
             * @description What to check, or to do, in English.
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
            /** Acknowledged At */
            acknowledged_at: string | null;
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
         * @description Incidents of a store.
         */
        Incidents: {
            /**
             * Store Id
             * Format: uuid
             */
            store_id: string;
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
         * Interval
         * @description The length of a row of the footfall series.
         * @enum {string}
         */
        Interval: "15m" | "hour" | "day";
        /**
         * Kpi
         * @description A number, its baseline, and the relative change (0.1 = 10 % more).
         *
         *     `change` is that from `baseline` to `comparable`. It is null when one of the two is unknown, too little of its time
         *     was observed, the counting line changed, no day is left to compare, or the baseline is not more than 0; `note` says
         *     why.
         */
        Kpi: {
            /**
             * Value
             * @description The number of the whole period so far.
             */
            value: number | null;
            /**
             * Comparable
             * @description The number of the compared days of the period: `value` when each day has a counterpart.
             */
            comparable: number | null;
            /**
             * Baseline
             * @description The number of the counterparts of these days.
             */
            baseline: number | null;
            /** Change */
            change: number | null;
            note: components["schemas"]["Note"] | null;
        };
        /**
         * Kpis
         * @description The KPIs of a period.
         */
        Kpis: {
            /** @description IN crossings. */
            visitors: components["schemas"]["Kpi"];
            /** @description IN crossings per store-day. */
            visitors_per_day: components["schemas"]["Kpi"];
            /** @description OUT crossings. */
            exits: components["schemas"]["Kpi"];
            /** @description Mean time inside, seconds. */
            dwell_s: components["schemas"]["Kpi"];
            /** @description Time-average of the people inside, over observed opening hours. */
            occupancy_average: components["schemas"]["Kpi"];
            /** @description Most people inside at the end of a quarter-hour or at a correction. Peaks in between are not seen. */
            occupancy_peak: components["schemas"]["Kpi"];
            /** @description Exits per visitor, of complete store-days if there are any. */
            balance: components["schemas"]["Kpi"];
            /** @description Exits of people who were not counted inside: they came in unseen. They do not reduce occupancy. */
            unmatched_exits: components["schemas"]["Kpi"];
            /** @description Entries - exits of the store-days whose occupancy has ended: people who were not seen leaving, negative when entries were missed. Null while people are inside. */
            residual: components["schemas"]["Kpi"];
            peak_hour: components["schemas"]["PeakHour"];
        };
        /**
         * Live
         * @description The current state of a store.
         */
        Live: {
            /**
             * Store Id
             * Format: uuid
             */
            store_id: string;
            /** Name */
            name: string;
            /**
             * Timezone
             * @description An IANA time zone.
             * @example Pacific/Auckland
             */
            timezone: string;
            /**
             * As Of
             * Format: date-time
             * @description The time of all numbers of the response.
             */
            as_of: string;
            store_day: components["schemas"]["StoreDay"];
            /** Is Open */
            is_open: boolean;
            /**
             * Occupancy
             * @description People inside now; null when nothing was observed today.
             */
            occupancy: number | null;
            occupancy_state: components["schemas"]["OccupancyState"];
            /** Capacity */
            capacity: number | null;
            /**
             * Visitors Today
             * @description Null when nothing was observed today.
             */
            visitors_today: number | null;
            /** Exits Today */
            exits_today: number | null;
            /**
             * Unmatched Exits
             * @description Exits today that found nobody inside: of people who came in unseen. They do not reduce occupancy.
             */
            unmatched_exits: number | null;
            /**
             * Residual
             * @description Entries - exits of today once the occupancy has ended after closing: people who were not seen leaving, negative when entries were missed. Null before.
             */
            residual: number | null;
            /**
             * Balance
             * @description Exits per visitor so far today; null without visitors.
             */
            balance: number | null;
            /**
             * Last Crossing At
             * @description The last crossing of a counting line today.
             */
            last_crossing_at: string | null;
            /**
             * Last Reset At
             * @description The last correction of the occupancy by hand today.
             */
            last_reset_at: string | null;
            /**
             * Data Complete Until
             * @description All data before it has arrived; null when no camera has ever reported.
             */
            data_complete_until: string | null;
            health: components["schemas"]["StoreHealth"];
            /**
             * Cameras
             * @description The cameras that the store has now.
             */
            cameras: components["schemas"]["LiveCamera"][];
            former_cameras: components["schemas"]["FormerCameras"];
            provenance: components["schemas"]["Provenance"];
        };
        /**
         * LiveCamera
         * @description A camera of the store, and its counts of the store-day in progress.
         */
        LiveCamera: {
            /**
             * Camera Id
             * Format: uuid
             */
            camera_id: string;
            /** Name */
            name: string;
            /** Is Counting Line */
            is_counting_line: boolean;
            status: components["schemas"]["CameraStatus"];
            /** Last Seen At */
            last_seen_at: string | null;
            origin: components["schemas"]["Origin"];
            /**
             * In
             * @description IN crossings today, whether or not they count.
             */
            in: number;
            /**
             * Out
             * @description OUT crossings today, whether or not they count.
             */
            out: number;
            /**
             * Counted In
             * @description Its part of visitors_today: the IN crossings while it was a counting line.
             */
            counted_in: number;
            /**
             * Counted Out
             * @description Its part of exits_today: the OUT crossings while it was a counting line.
             */
            counted_out: number;
        };
        /**
         * MatchMode
         * @description How the store-days of two periods are matched.
         *
         *     `weekday`: a day, a week and other runs of days go back by whole weeks (52 for a year). In a month, a quarter or a
         *     year the first Monday corresponds to the first Monday of the earlier one, and so on. `date`: the same dates of the
         *     earlier month, quarter or year; a run of days goes back by its length, or to the same dates of the year before.
         *     Days without a counterpart are not compared.
         * @enum {string}
         */
        MatchMode: "weekday" | "date";
        /**
         * Me
         * @description The caller.
         */
        Me: {
            /**
             * User Id
             * Format: uuid
             */
            user_id: string;
            /** Email */
            email: string | null;
            /** Is Superadmin */
            is_superadmin: boolean;
            /** Stores */
            stores: components["schemas"]["MyStore"][];
        };
        /**
         * MyStore
         * @description A store that the caller may read, and the caller's role in it.
         */
        MyStore: {
            /**
             * Store Id
             * Format: uuid
             */
            store_id: string;
            /** Name */
            name: string;
            /**
             * Timezone
             * @description An IANA time zone.
             * @example Pacific/Auckland
             */
            timezone: string;
            /**
             * Role
             * @constant
             */
            role: "owner";
        };
        /**
         * Note
         * @description Why a number or its change is null, or must be read with care.
         *
         *     `line_changed`: a camera began to count with another line, or the compared period was counted with another line.
         *     `special_day`: each day that could be compared has the opening hours of a special day, or its counterpart has.
         * @enum {string}
         */
        Note: "not_observed" | "partially_observed" | "baseline_not_observed" | "baseline_partially_observed" | "no_visitors" | "no_exits" | "pending" | "line_changed" | "special_day";
        /**
         * NotificationType
         * @description What a notification is about: the member `type` of its content.
         * @enum {string}
         */
        NotificationType: "incidents.changed" | "notifications.test" | "reports.period";
        /**
         * OccupancyReset
         * @description The number of people inside, counted by eye.
         */
        OccupancyReset: {
            /**
             * Occupancy
             * @description People inside now.
             */
            occupancy: number;
        };
        /**
         * OccupancyResetDone
         * @description The correction that was stored.
         */
        OccupancyResetDone: {
            /**
             * Store Id
             * Format: uuid
             */
            store_id: string;
            /**
             * At
             * Format: date-time
             * @description ISO 8601, with the offset of the store's zone at that time.
             */
            at: string;
            /**
             * Occupancy
             * @description A number of crossings or of people.
             */
            occupancy: number;
        };
        /**
         * OccupancyState
         * @description What the live occupancy is based on.
         *
         *     `counted`: the crossings of the store-day. `closed`: the store is closed, nobody has crossed for the grace period,
         *     and the occupancy is 0; `residual` tells how many people were not seen leaving. `unknown`: nothing was observed
         *     today; the occupancy is null.
         * @enum {string}
         */
        OccupancyState: "counted" | "closed" | "unknown";
        /**
         * Origin
         * @description Where a camera's crossings come from: a real camera, generated history, or a simulator.
         * @enum {string}
         */
        Origin: "camera" | "generated" | "simulated";
        /**
         * PeakHour
         * @description The hour of the day with the most visitors per observed hour.
         */
        PeakHour: {
            /** Hour */
            hour: number | null;
            /** Visitors Per Hour */
            visitors_per_hour: number | null;
            /** Baseline Hour */
            baseline_hour: number | null;
            /** Baseline Visitors Per Hour */
            baseline_visitors_per_hour: number | null;
        };
        /**
         * Period
         * @description The period of a dashboard. It consists of whole store-days; weeks begin on Monday.
         *
         *     `last7` and `last28` end with the requested day. `range` is given by its first day and the day after its last.
         * @enum {string}
         */
        Period: "day" | "week" | "month" | "quarter" | "year" | "last7" | "last28" | "range";
        /**
         * PreviewFormat
         * @description The media type of a preview.
         * @enum {string}
         */
        PreviewFormat: "json" | "html" | "text";
        /**
         * Provenance
         * @description Whether some of the crossings were not counted by a camera. The user interface must say so.
         */
        Provenance: {
            /**
             * Generated
             * @description Some crossings are generated history.
             */
            generated: boolean;
            /**
             * Simulated
             * @description Some crossings come from a simulator.
             */
            simulated: boolean;
        };
        /**
         * QuietHours
         * @description Hours in which nothing is sent, critical incidents included. What waits is sent when they end.
         */
        QuietHours: {
            /**
             * Start
             * @description HH:MM by the clock of the store.
             * @example 22:00
             */
            start: string;
            /**
             * End
             * @description HH:MM. An end before the start is on the next day.
             * @example 22:00
             */
            end: string;
        };
        /**
         * ReportPreview
         * @description A report as it is sent by mail.
         */
        ReportPreview: {
            /** Subject */
            subject: string;
            /**
             * Text
             * @description The plain text.
             */
            text: string;
            /** Html */
            html: string;
        };
        /**
         * Severity
         * @description How urgent an incident is.
         * @enum {string}
         */
        Severity: "warning" | "critical";
        /**
         * SparkPoint
         * @description One hour of the store-day in progress.
         */
        SparkPoint: {
            /**
             * Start
             * Format: date-time
             * @description ISO 8601, with the offset of the store's zone at that time.
             */
            start: string;
            /**
             * Visitors
             * @description Null when it is unknown; an unknown number is never zero.
             */
            visitors: number | null;
            state: components["schemas"]["BucketState"];
        };
        /**
         * SpecialDay
         * @description Opening hours or a note for one date, or both.
         */
        SpecialDay: {
            /**
             * Opening Hours
             * @description Null: the usual hours.
             */
            opening_hours?: string[][] | null;
            /** Note */
            note?: string | null;
        };
        /**
         * StoreComparison
         * @description The earlier days that a period of a store is compared with, by the rules of `GET /dashboard/{store_id}`.
         */
        StoreComparison: {
            mode: components["schemas"]["CompareMode"];
            match: components["schemas"]["MatchMode"];
            /**
             * Date
             * Format: date
             * @description The first of the earlier days.
             */
            date: string;
            /**
             * Start
             * Format: date-time
             * @description ISO 8601, with the offset of the store's zone at that time.
             */
            start: string;
            /**
             * End
             * Format: date-time
             * @description While the period is in progress, the same time of its counterpart.
             */
            end: string;
            /**
             * Days
             * @description The store-days of the period so far that are compared with their counterpart.
             */
            days: number;
            /**
             * Days Left Out
             * @description The store-days of the period so far that have a counterpart and are not compared with it.
             */
            days_left_out: number;
            visitors: components["schemas"]["Kpi"];
        };
        /**
         * StoreDay
         * @description The store-day in progress: from the store's `day_start` to the next, half-open.
         */
        StoreDay: {
            /**
             * Date
             * Format: date
             */
            date: string;
            /**
             * Start
             * Format: date-time
             * @description ISO 8601, with the offset of the store's zone at that time.
             */
            start: string;
            /**
             * End
             * Format: date-time
             * @description ISO 8601, with the offset of the store's zone at that time.
             */
            end: string;
        };
        /**
         * StoreHealth
         * @description Whether the cameras of the store report. A camera is online when it reported in the last three minutes.
         */
        StoreHealth: {
            status: components["schemas"]["Health"];
            /**
             * Cameras Online
             * @description A number of crossings or of people.
             */
            cameras_online: number;
            /**
             * Cameras Total
             * @description A number of crossings or of people.
             */
            cameras_total: number;
            /** Last Seen At */
            last_seen_at: string | null;
        };
        /**
         * StorePeriod
         * @description The KPIs of a period of a store, up to `until`.
         */
        StorePeriod: {
            period: components["schemas"]["Period"];
            /**
             * Start
             * Format: date-time
             * @description ISO 8601, with the offset of the store's zone at that time.
             */
            start: string;
            /**
             * End
             * Format: date-time
             * @description ISO 8601, with the offset of the store's zone at that time.
             */
            end: string;
            /**
             * Until
             * Format: date-time
             * @description ISO 8601, with the offset of the store's zone at that time.
             */
            until: string;
            /**
             * Visitors
             * @description IN crossings; null when nothing was observed.
             */
            visitors: number | null;
            /** Exits */
            exits: number | null;
            /**
             * Dwell S
             * @description Mean time inside, seconds.
             */
            dwell_s: number | null;
            /** Occupancy Average */
            occupancy_average: number | null;
            /**
             * Balance
             * @description Exits per visitor, of complete store-days if there are any.
             */
            balance: number | null;
            /**
             * Coverage
             * @description Share of the open time so far that was observed.
             */
            coverage: number | null;
            /** @description Null without `compare`. */
            compare: components["schemas"]["StoreComparison"] | null;
        };
        /**
         * StoreSummary
         * @description The summary of a store.
         */
        StoreSummary: {
            /**
             * Store Id
             * Format: uuid
             */
            store_id: string;
            /** Name */
            name: string;
            /**
             * Timezone
             * @description An IANA time zone.
             * @example Pacific/Auckland
             */
            timezone: string;
            /** Is Open */
            is_open: boolean;
            /**
             * Occupancy
             * @description People inside now; null when nothing was observed today.
             */
            occupancy: number | null;
            occupancy_state: components["schemas"]["OccupancyState"];
            /** Capacity */
            capacity: number | null;
            /**
             * Visitors Today
             * @description Null when nothing was observed today.
             */
            visitors_today: number | null;
            /** Exits Today */
            exits_today: number | null;
            /**
             * Unmatched Exits
             * @description Exits today that found nobody inside.
             */
            unmatched_exits: number | null;
            /**
             * Residual
             * @description Entries - exits of today once the occupancy has ended after closing; null before.
             */
            residual: number | null;
            /** Sparkline */
            sparkline: components["schemas"]["SparkPoint"][];
            /** @description The KPIs of the period of the request; null without `period`. */
            period: components["schemas"]["StorePeriod"] | null;
            /** Data Complete Until */
            data_complete_until: string | null;
            health: components["schemas"]["StoreHealth"];
            provenance: components["schemas"]["Provenance"];
        };
        /**
         * Stores
         * @description The caller's stores, by name.
         */
        Stores: {
            /**
             * As Of
             * Format: date-time
             * @description The time of all numbers of the response, UTC.
             */
            as_of: string;
            /** Stores */
            stores: components["schemas"]["StoreSummary"][];
        };
        /**
         * Subscription
         * @description A report of a store that the caller gets by mail.
         */
        Subscription: {
            /**
             * Subscription Id
             * Format: uuid
             */
            subscription_id: string;
            /**
             * Store Id
             * Format: uuid
             */
            store_id: string;
            /**
             * Period
             * @enum {string}
             */
            period: "day" | "week" | "month";
            /**
             * Reported Until
             * Format: date
             * @description The last store-day of the last report.
             */
            reported_until: string;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
        };
        /**
         * SubscriptionCreate
         * @description A new subscription.
         */
        SubscriptionCreate: {
            /**
             * Store Id
             * Format: uuid
             */
            store_id: string;
            /**
             * Period
             * @description Of the last day, week or month, by mail at 07:00 of the store.
             * @enum {string}
             */
            period: "day" | "week" | "month";
        };
        /**
         * Subscriptions
         * @description The subscriptions of the caller, oldest first.
         */
        Subscriptions: {
            /** Subscriptions */
            subscriptions: components["schemas"]["Subscription"][];
        };
        /**
         * Unsubscribed
         * @description The subscription has ended.
         */
        Unsubscribed: {
            /**
             * Status
             * @constant
             */
            status: "unsubscribed";
        };
        /**
         * Wall
         * @description What a screen at the entrance shows.
         */
        Wall: {
            /**
             * Store Id
             * Format: uuid
             */
            store_id: string;
            /** Name */
            name: string;
            /**
             * Timezone
             * @description An IANA time zone.
             * @example Pacific/Auckland
             */
            timezone: string;
            /**
             * As Of
             * Format: date-time
             * @description The time of all numbers of the response.
             */
            as_of: string;
            /** Is Open */
            is_open: boolean;
            /**
             * Occupancy
             * @description People inside now; null when nothing was observed today.
             */
            occupancy: number | null;
            occupancy_state: components["schemas"]["OccupancyState"];
            /**
             * Capacity
             * @description The people who may be inside; null: no limit is set.
             */
            capacity: number | null;
            health: components["schemas"]["StoreHealth"];
            provenance: components["schemas"]["Provenance"];
        };
        /**
         * WallLink
         * @description A link to the wall view. Its token is not shown again.
         */
        WallLink: {
            /**
             * Wall Link Id
             * Format: uuid
             */
            wall_link_id: string;
            /** Name */
            name: string;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Last Used At
             * @description Up to an hour ago, when a screen shows the view; null: never.
             */
            last_used_at: string | null;
        };
        /**
         * WallLinkCreate
         * @description A new link.
         */
        WallLinkCreate: {
            /**
             * Name
             * @description Where the screen is, for example Entrance.
             */
            name: string;
        };
        /**
         * WallLinkCreated
         * @description A new link, with its token.
         */
        WallLinkCreated: {
            /**
             * Wall Link Id
             * Format: uuid
             */
            wall_link_id: string;
            /** Name */
            name: string;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Last Used At
             * @description Up to an hour ago, when a screen shows the view; null: never.
             */
            last_used_at: string | null;
            /**
             * Token
             * @description Shown once. The page is `/stores/{store_id}/wall#token={token}` of the dashboard: whoever has this address sees the live occupancy of the store.
             */
            token: string;
        };
        /**
         * WallLinks
         * @description The links of a store, oldest first.
         */
        WallLinks: {
            /** Wall Links */
            wall_links: components["schemas"]["WallLink"][];
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
            type: "already_subscribed" | "bad_request" | "camera_not_found" | "channel_not_found" | "database_unavailable" | "idempotency_key_in_use" | "idempotency_key_reused" | "identity_unavailable" | "incident_not_found" | "internal_error" | "invalid_token" | "method_not_allowed" | "not_found" | "store_not_found" | "subscription_not_found" | "superadmin_required" | "token_expired" | "too_large" | "too_many_channels" | "too_many_corrections" | "too_many_requests" | "too_many_wall_links" | "unauthorized" | "unsupported_media_type" | "validation_error" | "wall_link_not_found";
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
    get_me: {
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
                    "application/json": components["schemas"]["Me"];
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
    get_stores: {
        parameters: {
            query?: {
                /** @description A period whose KPIs each store has too. */
                period?: ("day" | "week" | "month" | "quarter" | "year" | "last7" | "last28") | null;
                /** @description Any store-day of the period. Default: today in the zone of the store. */
                date?: string | null;
                /** @description What to compare `period` with; needs `period`. */
                compare?: components["schemas"]["CompareMode"];
                /** @description How the store-days of the two periods are matched: the same weekdays, or the same dates. */
                match?: components["schemas"]["MatchMode"];
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
    post_occupancy_reset: {
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
                "application/json": components["schemas"]["OccupancyReset"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OccupancyResetDone"];
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
            /** @description Too many requests */
            429: {
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
    get_live: {
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
                    "application/json": components["schemas"]["Live"];
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
    get_calendar: {
        parameters: {
            query: {
                /** @description First date. */
                from: string;
                /** @description The date after the last, at most 400 days after `from`. */
                to: string;
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
                    "application/json": components["schemas"]["Calendar"];
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
    put_special_day: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A date, 2026-12-25. */
                date: string;
                /** @description The store. */
                store_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SpecialDay"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CalendarDay"];
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
    delete_special_day: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A date, 2026-12-25. */
                date: string;
                /** @description The store. */
                store_id: string;
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
                /** @description Older than this incident: `next_before` of the last page. */
                before?: string | null;
                /** @description Maximum number of incidents. */
                limit?: number;
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
            header?: never;
            path: {
                /** @description The incident. */
                incident_id: string;
                /** @description The store. */
                store_id: string;
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
    list_channels: {
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
                    "application/json": components["schemas"]["Channels"];
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
    create_channel: {
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
                "application/json": components["schemas"]["ChannelCreate"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChannelCreated"];
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
    delete_channel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The channel. */
                channel_id: string;
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
    update_channel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The channel. */
                channel_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChannelUpdate"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Channel"];
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
    send_test: {
        parameters: {
            query?: never;
            header?: {
                /** @description A random UUID for each creation. A repetition with the same key and body within a day creates nothing and gets the response of the first request. */
                "Idempotency-Key"?: string | null;
            };
            path: {
                /** @description The channel. */
                channel_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Delivery"];
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
            /** @description Too many requests */
            429: {
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
    list_deliveries: {
        parameters: {
            query?: {
                /** @description Maximum number of deliveries. */
                limit?: number;
            };
            header?: never;
            path: {
                /** @description The channel. */
                channel_id: string;
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
                    "application/json": components["schemas"]["Deliveries"];
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
    get_dashboard: {
        parameters: {
            query?: {
                /** @description A store-day (default), a week of the store, a calendar month, quarter or year, the 7 or 28 store-days that end with `date`, or a range from `from` to `to`. */
                period?: components["schemas"]["Period"] | null;
                /** @description Any store-day of the period. Default: today in the zone of the store. */
                date?: string | null;
                /** @description First store-day of a range; instead of `period` and `date`. */
                from?: string | null;
                /** @description The store-day after the last of a range, at most 366 days after `from`. */
                to?: string | null;
                /** @description The period to compare with. */
                compare?: components["schemas"]["CompareMode"];
                /** @description How the store-days of the two periods are matched: the same weekdays, or the same dates. */
                match?: components["schemas"]["MatchMode"];
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
                    "application/json": components["schemas"]["Dashboard"];
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
    get_footfall: {
        parameters: {
            query: {
                /** @description Start of the window: a date (its store-day), a local time, or a time with an offset. ISO 8601. */
                from: string;
                /** @description End of the window, exclusive, in the same forms as `from`. */
                to: string;
                /** @description Length of a row. Longest window: 15m: 31 days, hour: 366 days, day: 731 days. */
                interval?: components["schemas"]["Interval"];
                /** @description One camera instead of the whole store. */
                camera_id?: string | null;
                /** @description JSON, or CSV for spreadsheets. */
                format?: components["schemas"]["Format"];
            };
            header?: {
                "if-none-match"?: string | null;
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
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Footfall"];
                    "text/csv": string;
                };
            };
            /** @description Not modified since the ETag in If-None-Match. */
            304: {
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
    get_forecast: {
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
                    "application/json": components["schemas"]["Forecast"];
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
    list_subscriptions: {
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
                    "application/json": components["schemas"]["Subscriptions"];
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
    subscribe: {
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
                "application/json": components["schemas"]["SubscriptionCreate"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Subscription"];
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
    get_preview: {
        parameters: {
            query: {
                /** @description The store. */
                store_id: string;
                /** @description The kind of report. */
                period: "day" | "week" | "month";
                /** @description Any store-day of the period. Default: today in the zone of the store. */
                date?: string | null;
                /** @description JSON with subject, text and HTML; or one of the two. */
                format?: components["schemas"]["PreviewFormat"];
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
                    "application/json": components["schemas"]["ReportPreview"];
                    "text/html": string;
                    "text/plain": string;
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
    delete_subscription: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The subscription. */
                subscription_id: string;
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
    post_unsubscribe: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The token of the address in the header List-Unsubscribe of a report. */
                token: string;
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
                    "application/json": components["schemas"]["Unsubscribed"];
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
    list_wall_links: {
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
                    "application/json": components["schemas"]["WallLinks"];
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
    create_wall_link: {
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
                "application/json": components["schemas"]["WallLinkCreate"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WallLinkCreated"];
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
    revoke_wall_link: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The link. */
                wall_link_id: string;
                /** @description The store. */
                store_id: string;
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
    get_wall: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The store. */
                store_id: string;
                /** @description The token of a link to the wall view of the store. */
                wall_token: string;
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
                    "application/json": components["schemas"]["Wall"];
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
    get_healthz: {
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
                    "application/json": components["schemas"]["Healthy"];
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
