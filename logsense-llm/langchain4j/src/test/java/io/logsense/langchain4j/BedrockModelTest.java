package io.logsense.langchain4j;

import dev.langchain4j.model.bedrock.BedrockChatModel;
import io.logsense.api.llm.LanguageModel;
import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;

class BedrockModelTest extends ServedModelContract {
  BedrockModelTest() {
    super(Protocol.BEDROCK);
  }

  @Override
  LanguageModel model(String url, String name, String key) {
    BedrockRuntimeClient client =
        BedrockRuntimeClient.builder()
            .endpointOverride(URI.create(url))
            .region(Region.EU_CENTRAL_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create(key, "secret")))
            .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()))
            .build();
    return LangChain4j.languageModel(
        "bedrock/" + name,
        BedrockChatModel.builder().client(client).modelId(name).maxRetries(0).build());
  }
}
