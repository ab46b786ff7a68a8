using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Cambio.Telemetry;

/// <summary>The meter <c>Cambio</c>.</summary>
internal sealed class CambioMetrics
{
    private readonly Counter<long> exchanges;
    private readonly Histogram<double> exchangeDuration;
    private readonly Histogram<double> providerDuration;

    public CambioMetrics(IMeterFactory factory)
    {
        Meter meter = factory.Create(CambioTelemetry.MeterName);
        exchanges = meter.CreateCounter<long>("cambio.exchanges", "{exchange}", "Exchanges, by provider, credential and outcome.");
        exchangeDuration = meter.CreateHistogram<double>("cambio.exchange.duration", "s", "Time that an exchange took.");
        providerDuration = meter.CreateHistogram<double>("cambio.provider.call.duration", "s", "Time that a call to a provider took.");
    }

    public void Exchange(string provider, string credential, string outcome, TimeSpan duration)
    {
        var tags = new TagList { { "provider", provider }, { "credential", credential }, { "outcome", outcome } };
        exchanges.Add(1, tags);
        exchangeDuration.Record(duration.TotalSeconds, tags);
    }

    public void ProviderCall(string provider, string purpose, string outcome, TimeSpan duration) =>
        providerDuration.Record(duration.TotalSeconds, new TagList { { "provider", provider }, { "purpose", purpose }, { "outcome", outcome } });
}
