using System.Reflection;
using System.Text.RegularExpressions;

namespace Cambio.Tests.House;

public sealed partial class DocumentedErrors
{
    private static readonly string[] Codes =
        [.. typeof(ErrorCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string?)field.GetRawConstantValue()).OfType<string>()];

    [Fact]
    public void The_page_has_a_row_for_every_error_code_and_for_no_other() =>
        Assert.Equal(Codes.Order(), Row().Matches(Repository.Read("docs/errors.md")).Select(row => row.Groups["code"].Value).Distinct().Order());

    [GeneratedRegex(@"^\| [0-9, ]+ \| `(?<code>[a-z_]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
