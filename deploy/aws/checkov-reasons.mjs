// An osls plugin: why checkov's findings about the resources that osls makes are accepted, as checkov reads it in a
// template. Those about our own resources are beside them, in serverless.yml and alarms.cjs.

const REASONS = {
  "AWS::Lambda::Function": {
    CKV_AWS_116: "Scheduled functions have an on-failure destination, FailedJobs; the others answer requests",
    CKV_AWS_117: "A VPC is an option, VPC_SUBNETS: a database with a public address and TLS needs none",
    CKV_AWS_173: "Settings are references to secrets; AWS encrypts them with its own key",
  },
  "AWS::Logs::LogGroup": {
    CKV_AWS_158: "Logs have neither personal data nor secrets; AWS encrypts them with its own key",
  },
  "AWS::S3::Bucket": {
    CKV_AWS_18: "The deployment bucket is private and holds packages that are made of public sources",
    CKV_AWS_21: "The deployment bucket holds packages that are made again from the sources",
  },
}

export default class CheckovReasons {
  constructor(serverless) {
    // Before osls adds the resources of serverless.yml, which have their own.
    this.hooks = { "after:package:compileEvents": () => accept(serverless.service.provider.compiledCloudFormationTemplate) }
  }
}

function accept({ Resources }) {
  for (const resource of Object.values(Resources)) {
    const reasons = Object.entries(REASONS[resource.Type] ?? {})
    if (reasons.length === 0) continue
    const skip = reasons.map(([id, comment]) => ({ id, comment }))
    resource.Metadata = { ...resource.Metadata, checkov: { skip } }
  }
}
