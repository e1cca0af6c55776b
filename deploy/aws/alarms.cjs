// The alarms of a deployment, as resources of CloudFormation: `${file(./deploy/aws/alarms.cjs)}`.
// All of them notify the topic `Alarms`. ALARM_EMAIL subscribes an address to it.

const MINUTE = 60

// The functions of serverless.yml, and how long a scheduled one may not run before that is an alarm.
const REQUEST_FUNCTIONS = ["ingest", "api", "admin"]
const SCHEDULED_FUNCTIONS = {
  maintenance: 60 * MINUTE,
  days: 60 * MINUTE,
  incidents: 15 * MINUTE,
  reports: 60 * MINUTE,
  notifications: 15 * MINUTE,
}

// A box sends a heartbeat every 30 s, so a quarter of an hour without any request of a box concerns all of them.
const LONGEST_SILENCE_OF_BOXES_S = 15 * MINUTE
const FAILED_REQUESTS_IN_5_MINUTES = 5
const SLOWEST_P95_MS = 3000

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

module.exports = async ({ resolveVariable }) => {
  const stage = await resolveVariable("sls:stage")
  const email = process.env.ALARM_EMAIL
  return {
    Resources: {
      Alarms: {
        Type: "AWS::SNS::Topic",
        Properties: {
          DisplayName: `Metrica ${stage}`,
          ...(email ? { Subscription: [{ Endpoint: email, Protocol: "email" }] } : {}),
        },
      },
      ...functionAlarms(stage),
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
