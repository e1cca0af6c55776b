// The domain of the API, as resources of CloudFormation: `${file(./deploy/aws/api-domain.cjs)}`. Nothing without
// API_CERTIFICATE_ARN, a certificate of the region of the stack. The host name is that of API_URL.

const CERTIFICATE = /^arn:aws[a-z-]*:acm:([a-z0-9-]+):\d{12}:certificate\/.+$/

module.exports = async ({ resolveVariable }) => {
  const certificate = process.env.API_CERTIFICATE_ARN?.trim()
  if (!certificate) return {}
  const region = await resolveVariable("self:provider.region")
  if (CERTIFICATE.exec(certificate)?.[1] !== region) {
    throw new Error(`API_CERTIFICATE_ARN must be a certificate of ${region}, not ${certificate}.`)
  }
  const given = process.env.API_URL ?? ""
  const url = URL.canParse(given) ? new URL(given) : null
  if (url?.protocol !== "https:" || url.pathname !== "/") {
    throw new Error(`API_URL must be an address without a path, such as https://api.example.com, not ${given}.`)
  }
  return {
    Resources: {
      ApiDomain: {
        Type: "AWS::ApiGatewayV2::DomainName",
        Properties: {
          DomainName: url.hostname,
          DomainNameConfigurations: [
            { CertificateArn: certificate, EndpointType: "REGIONAL", SecurityPolicy: "TLS_1_2" },
          ],
        },
      },
      ApiMapping: {
        Type: "AWS::ApiGatewayV2::ApiMapping",
        // By its reference the mapping would not wait for the stage, whose name is a text.
        DependsOn: ["HttpApiStage"],
        Properties: { ApiId: { Ref: "HttpApi" }, DomainName: { Ref: "ApiDomain" }, Stage: "$default" },
      },
    },
    extensions: {
      // Nobody gets past the domain, and past a firewall in front of it.
      HttpApi: { Properties: { DisableExecuteApiEndpoint: true } },
    },
    Outputs: {
      ApiTarget: {
        Description: `What ${url.hostname} is an alias (CNAME, or ALIAS of Route 53) of`,
        Value: { "Fn::GetAtt": ["ApiDomain", "RegionalDomainName"] },
      },
    },
  }
}
