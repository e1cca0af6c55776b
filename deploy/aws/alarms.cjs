// The alarms of a deployment, as resources of CloudFormation: `${file(./deploy/aws/alarms.cjs)}`.
// All of them notify the topic `Alarms`. ALARM_EMAIL subscribes an address to it.

const { MINUTE, REQUEST_FUNCTIONS, SCHEDULED_FUNCTIONS } = require("./functions.cjs")

// A box sends a heartbeat every 30 s, so a quarter of an hour without any request of a box concerns all of them.
const LONGEST_SILENCE_OF_BOXES_S = 15 * MINUTE
const FAILED_REQUESTS_IN_5_MINUTES = 5
const SLOWEST_P95_MS = 3000
// Half of the batches of a quarter of an hour hold a crossing that is older. One box that delivers what it kept while it
// was offline sends a share of the batches only; an incident tells about it.
const LONGEST_LAG_S = 10 * MINUTE
// Attempts of a channel that failed in a quarter of an hour in which none succeeded. One address that does not exist is
// no alarm.
const FAILED_DELIVERIES = 3

function alarm(description, metric) {
  return {
    Type: "AWS::CloudWatch::Alarm",
    Properties: {
      AlarmDescription: description,
      AlarmActions: [{ Ref: "Alarms" }],
      OKActions: [{ Ref: "Alarms" }],
      EvaluationPeriods: 1,
      Period: 5 * MINUTE,
      Threshold: 0,
      ComparisonOperator: "GreaterThanThreshold",
      TreatMissingData: "notBreaching",
      ...metric,
      ...(metric.Metrics ? { Period: undefined } : {}), // each input has its own
    },
  }
}

function ofFunction(name, stage, metric) {
  return {
    Namespace: "AWS/Lambda",
    MetricName: metric,
    Dimensions: [{ Name: "FunctionName", Value: `metrica-${stage}-${name}` }],
    Statistic: "Sum",
  }
}

const ofApi = (metric) => ({
  Namespace: "AWS/ApiGateway",
  MetricName: metric,
  Dimensions: [{ Name: "ApiId", Value: { Ref: "HttpApi" } }],
})

/** A metric of the functions (functions/common/metrics.py). */
const ofMetrica = (stage, name, metric, dimensions = {}) => ({
  Namespace: "Metrica",
  MetricName: metric,
  Dimensions: Object.entries({ Stage: stage, Function: name, ...dimensions }).map(([Name, Value]) => ({ Name, Value })),
})

/** An alarm on an expression over metrics: `{ id: [metric, statistic] }`. */
function computed(expression, seconds, metrics) {
  const inputs = Object.entries(metrics).map(([Id, [metric, Stat]]) => ({
    Id,
    ReturnData: false,
    MetricStat: { Metric: metric, Period: seconds, Stat },
  }))
  return { Metrics: [{ Id: "result", Expression: expression, ReturnData: true }, ...inputs] }
}

/** Must not be missing: no data point is an alarm, too. */
const silence = (seconds) => ({
  Period: seconds,
  Threshold: 1,
  ComparisonOperator: "LessThanThreshold",
  TreatMissingData: "breaching",
})

function functionAlarms(stage) {
  const alarms = {}
  for (const name of [...REQUEST_FUNCTIONS, ...Object.keys(SCHEDULED_FUNCTIONS)]) {
    const id = name[0].toUpperCase() + name.slice(1)
    alarms[`${id}ErrorsAlarm`] = alarm(`${name} ended with an error`, ofFunction(name, stage, "Errors"))
    alarms[`${id}ThrottlesAlarm`] = alarm(
      `${name} was asked more often at once than its reserved concurrency allows`,
      ofFunction(name, stage, "Throttles"),
    )
  }
  for (const [name, seconds] of Object.entries(SCHEDULED_FUNCTIONS)) {
    const id = name[0].toUpperCase() + name.slice(1)
    alarms[`${id}SilenceAlarm`] = alarm(`${name} did not run for ${seconds / MINUTE} minutes`, {
      ...ofFunction(name, stage, "Invocations"),
      ...silence(seconds),
    })
  }
  return alarms
}

/** Alarms on what the functions measure. */
function metricaAlarms(stage) {
  const jobs = Object.keys(SCHEDULED_FUNCTIONS)
  const alarms = {
    LagAlarm: alarm(`Half of the batches hold a crossing older than ${LONGEST_LAG_S / MINUTE} minutes`, {
      ...ofMetrica(stage, "ingest", "Lag"),
      ExtendedStatistic: "p50",
      EvaluationPeriods: 3,
      Threshold: LONGEST_LAG_S,
    }),
    // By opening hours: the job counts the stores that were open for the whole last hour. Six runs in a row.
    NoCrossingsAlarm: alarm("No store that is open has counted anybody for an hour and a half", {
      ...computed("IF(open > 0 AND counting < 1, 1, 0)", 5 * MINUTE, {
        open: [ofMetrica(stage, "incidents", "StoresOpen"), "Minimum"],
        counting: [ofMetrica(stage, "incidents", "StoresCounting"), "Maximum"],
      }),
      EvaluationPeriods: 6,
    }),
    JobsAlarm: alarm("A job of a scheduled function failed; its log says which", {
      ...computed(
        `SUM([${jobs.map((name) => `FILL(${name}, 0)`).join(", ")}])`,
        5 * MINUTE,
        Object.fromEntries(jobs.map((name) => [name, [ofMetrica(stage, name, "JobsFailed"), "Sum"]])),
      ),
    }),
  }
  for (const channel of ["mail", "webhook"]) {
    const metric = (name) => [ofMetrica(stage, "notifications", name, { Channel: channel }), "Sum"]
    const id = `${channel[0].toUpperCase()}${channel.slice(1)}sAlarm`
    alarms[id] = alarm(`No ${channel} is delivered: ${FAILED_DELIVERIES} or more attempts failed and none succeeded`, {
      ...computed(`IF(FILL(failed, 0) >= ${FAILED_DELIVERIES} AND FILL(delivered, 0) < 1, 1, 0)`, 15 * MINUTE, {
        failed: metric("NotDelivered"),
        delivered: metric("Delivered"),
      }),
    })
  }
  return alarms
}

module.exports = async ({ resolveVariable }) => {
  const stage = await resolveVariable("sls:stage")
  const email = process.env.ALARM_EMAIL
  return {
    Resources: {
      Alarms: {
        Type: "AWS::SNS::Topic",
        Metadata: {
          checkov: {
            skip: [
              {
                id: "CKV_AWS_26",
                comment: "CloudWatch cannot publish to a topic with the key of AWS; the messages name alarms only",
              },
            ],
          },
        },
        Properties: {
          DisplayName: `Metrica ${stage}`,
          ...(email ? { Subscription: [{ Endpoint: email, Protocol: "email" }] } : {}),
        },
      },
      ...functionAlarms(stage),
      ...metricaAlarms(stage),
      BoxesSilenceAlarm: alarm("No edge box has sent anything for 15 minutes", {
        ...ofFunction("ingest", stage, "Invocations"),
        ...silence(LONGEST_SILENCE_OF_BOXES_S),
      }),
      FailedRequestsAlarm: alarm("Requests were answered with a 5xx status", {
        ...ofApi("5xx"),
        Statistic: "Sum",
        Threshold: FAILED_REQUESTS_IN_5_MINUTES,
      }),
      SlowRequestsAlarm: alarm(`The slowest 5 % of requests took longer than ${SLOWEST_P95_MS} ms`, {
        ...ofApi("Latency"),
        ExtendedStatistic: "p95",
        EvaluationPeriods: 3,
        Threshold: SLOWEST_P95_MS,
      }),
      FailedJobsAlarm: alarm("A scheduled function failed three times; its event is in the queue FailedJobs", {
        Namespace: "AWS/SQS",
        MetricName: "ApproximateNumberOfMessagesVisible",
        Dimensions: [{ Name: "QueueName", Value: { "Fn::GetAtt": ["FailedJobs", "QueueName"] } }],
        Statistic: "Maximum",
      }),
    },
    Outputs: { AlarmTopic: { Description: "The topic of the alarms", Value: { Ref: "Alarms" } } },
  }
}
