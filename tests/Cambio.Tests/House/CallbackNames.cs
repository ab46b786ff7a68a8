using Cambio.AspNetCore.Requests;
using Cambio.Providers;

namespace Cambio.Tests.House;

/// <summary>What an exchange calls its own members can be no parameter of a provider's callback.</summary>
public sealed class CallbackNames
{
    [Fact]
    public void The_members_of_an_exchange_are_taken() =>
        Assert.Empty(ExchangeMember.All.Select(member => member.Name).Except(DefinitionValidator.OwnParameters));
}
