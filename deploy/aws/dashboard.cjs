// The dashboard of a stage in CloudWatch, as a resource of CloudFormation: `${file(./deploy/aws/dashboard.cjs)}`.

const { MINUTE, REQUEST_FUNCTIONS, SCHEDULED_FUNCTIONS } = require("./functions.cjs")

const JOBS = Object.keys(SCHEDULED_FUNCTIONS)
const FUNCTIONS = [...REQUEST_FUNCTIONS, ...JOBS]
const REASONS = ["malformed", "unknown_camera", "future_timestamp", "too_old"]
const WIDTH = 8 // three graphs in a row of 24 columns
const HEIGHT = 6

/** A line of a graph: a metric of the functions (functions/common/metrics.py). */
const metrica = (stage, name, metric, options = {}, dimensions = {}) => [
  "Metrica",
  metric,
  ...Object.entries({ Stage: stage, Function: name, ...dimensions }).flat(),
  { label: name, ...options },
]

const lambda = (stage, name, metric, options = {}) => [
  "AWS/Lambda",
  metric,
  "FunctionName",
  `metrica-${stage}-${name}`,
  { label: name, ...options },
]

const api = (metric, options = {}) => ["AWS/ApiGateway", metric, "ApiId", "${HttpApi}", options]

/** The graphs: title, lines, and how values are summed up. */
function graphs(stage) {
  const sum = { stat: "Sum" }
  const percentiles = ["p50", "p95"]
  return [
    [
      "Crossings",
      [
        metrica(stage, "ingest", "Inserted", { label: "stored", ...sum }),
        metrica(stage, "ingest", "Duplicates", { label: "stored before", ...sum }),
      ],
    ],
    [
      "Refused crossings",
      REASONS.map((Reason) => metrica(stage, "ingest", "Rejected", { label: Reason, ...sum }, { Reason })),
    ],
    [
      "From crossing to commit, s",
      percentiles.map((stat) => metrica(stage, "ingest", "Lag", { label: stat, stat })),
    ],
    [
      "Requests",
      [api("Count", { label: "all", ...sum }), api("4xx", { label: "4xx", ...sum }), api("5xx", { label: "5xx", ...sum })],
    ],
    ["Duration of requests, ms", percentiles.map((stat) => api("Latency", { label: stat, stat }))],
    [
      "Time of the database in a request, p95, ms",
      REQUEST_FUNCTIONS.map((name) => metrica(stage, name, "DatabaseTime", { stat: "p95" })),
    ],
    ["Errors of functions", FUNCTIONS.map((name) => lambda(stage, name, "Errors", sum))],
    ["Throttles of functions", FUNCTIONS.map((name) => lambda(stage, name, "Throttles", sum))],
    [
      "Processes at once",
      REQUEST_FUNCTIONS.map((name) => lambda(stage, name, "ConcurrentExecutions", { stat: "Maximum" })),
    ],
    ["Jobs that succeeded", JOBS.map((name) => metrica(stage, name, "JobsSucceeded", sum))],
    ["Jobs that failed", JOBS.map((name) => metrica(stage, name, "JobsFailed", sum))],
    [
      "Time of the database in a job, ms",
      JOBS.map((name) => metrica(stage, name, "DatabaseTime", { stat: "Maximum" })),
    ],
    [
      "Open incidents",
      ["critical", "warning"].map((Severity) =>
        metrica(stage, "incidents", "IncidentsOpen", { label: Severity, stat: "Maximum" }, { Severity }),
      ),
    ],
    [
      "Stores in the last hour",
      [
        metrica(stage, "incidents", "StoresOpen", { label: "open", stat: "Maximum" }),
        metrica(stage, "incidents", "StoresCounting", { label: "open, with crossings", stat: "Maximum" }),
      ],
    ],
    [
      "Mails and webhooks",
      ["mail", "webhook"].flatMap((Channel) => [
        metrica(stage, "notifications", "Delivered", { label: `${Channel} delivered`, ...sum }, { Channel }),
        metrica(stage, "notifications", "NotDelivered", { label: `${Channel} failed`, ...sum }, { Channel }),
      ]),
    ],
  ]
}

function graph([title, metrics], index) {
  return {
    type: "metric",
    x: (index % 3) * WIDTH,
    y: Math.floor(index / 3) * HEIGHT + HEIGHT,
    width: WIDTH,
    height: HEIGHT,
    properties: {
      title,
      metrics,
      region: "${AWS::Region}",
      period: 5 * MINUTE,
      view: "timeSeries",
      yAxis: { left: { min: 0 } },
    },
  }
}

module.exports = async ({ resolveVariable }) => {
  const stage = await resolveVariable("sls:stage")
  const alarms = require("./alarms.cjs")
  const { Resources } = await alarms({ resolveVariable })
  const names = Object.keys(Resources).filter((name) => Resources[name].Type === "AWS::CloudWatch::Alarm")
  const states = {
    type: "alarm",
    x: 0,
    y: 0,
    width: 24,
    height: HEIGHT,
    properties: { title: "Alarms", alarms: names.map((name) => `\${${name}.Arn}`) },
  }
  const body = { widgets: [states, ...graphs(stage).map(graph)] }
  return {
    Resources: {
      Dashboard: {
        Type: "AWS::CloudWatch::Dashboard",
        Properties: {
          DashboardName: `metrica-${stage}`,
          DashboardBody: { "Fn::Sub": JSON.stringify(body) },
        },
      },
    },
    Outputs: { DashboardName: { Description: "The dashboard in CloudWatch", Value: { Ref: "Dashboard" } } },
  }
}
