using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Cambio.Tests.Server;

/// <summary>A mail server that takes one mail (RFC 5321), or refuses its recipient, or says nothing at all.</summary>
internal sealed class SmtpListener : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly TaskCompletionSource connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly bool silent;
    private readonly bool refuses;

    public SmtpListener(bool silent = false, bool refuses = false)
    {
        this.silent = silent;
        this.refuses = refuses;
        listener.Start();
        Served = ServeAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>What the client said, line by line, the mail apart.</summary>
    public List<string> Commands { get; } = [];

    /// <summary>The mail as it came.</summary>
    public string Mail { get; private set; } = "";

    public Task Connected => connected.Task;

    public Task Served { get; }

    public void Dispose() => listener.Dispose();

    private async Task ServeAsync()
    {
        using TcpClient client = await listener.AcceptTcpClientAsync();
        connected.SetResult();
        using var reader = new StreamReader(client.GetStream(), Encoding.ASCII);
        await using var writer = new StreamWriter(client.GetStream(), Encoding.ASCII) { NewLine = "\r\n", AutoFlush = true };
        if (!silent)
        {
            await writer.WriteLineAsync("220 mail.example.com ESMTP");
        }

        while (await reader.ReadLineAsync() is { } line)
        {
            Commands.Add(line);
            await writer.WriteLineAsync(line.Split(' ')[0].ToUpperInvariant() switch
            {
                "EHLO" => "250-mail.example.com\r\n250 AUTH PLAIN",
                "AUTH" => "235 welcome",
                "RCPT" when refuses => $"550 no such mailbox: {line}",
                "DATA" => "354 go on",
                "QUIT" => "221 bye",
                _ => "250 ok",
            });
            if (line == "DATA")
            {
                Mail = await ReadMailAsync(reader);
                await writer.WriteLineAsync("250 taken");
            }
        }
    }

    private static async Task<string> ReadMailAsync(StreamReader reader)
    {
        var mail = new StringBuilder();
        while (await reader.ReadLineAsync() is { } line && line != ".")
        {
            mail.Append(line).Append("\r\n");
        }

        return mail.ToString();
    }
}
