using System.Text.Json.Serialization;

namespace Cambio.AspNetCore.Answers;

/// <summary>How answers are written: absent values left out.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ExchangeAnswer))]
[JsonSerializable(typeof(TokenAnswer))]
[JsonSerializable(typeof(UserAnswer))]
[JsonSerializable(typeof(LoginsAnswer))]
[JsonSerializable(typeof(SessionsAnswer))]
[JsonSerializable(typeof(AntiforgeryAnswer))]
[JsonSerializable(typeof(ProvidersAnswer))]
[JsonSerializable(typeof(KeysAnswer))]
[JsonSerializable(typeof(DiscoveryAnswer))]
[JsonSerializable(typeof(HealthAnswer))]
[JsonSerializable(typeof(IntrospectionAnswer))]
[JsonSerializable(typeof(DoneAnswer))]
[JsonSerializable(typeof(ConfirmationAnswer))]
[JsonSerializable(typeof(SignalStatusAnswer))]
[JsonSerializable(typeof(EventTokenError))]
[JsonSerializable(typeof(Dictionary<string, string>))]
[JsonSerializable(typeof(LinkTicketAnswer))]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(OAuthError))]
internal sealed partial class AnswerJson : JsonSerializerContext;
