package io.logsense.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Contracts that nothing fails prove nothing: each mistake here is caught by the test named. */
class BrokenConnectorsTest {
  static Stream<Arguments> mistakes() {
    return Stream.of(
        arguments(
            BrokenSources.LosesARecordAtTheBorderOfAPage.class, "everyRecordComesOnceAndInOrder"),
        arguments(BrokenSources.SwapsRecords.class, "everyRecordComesOnceAndInOrder"),
        arguments(
            BrokenSources.RepeatsARecordWhenResumed.class,
            "aReaderOpenedWhereAnotherStoodGivesTheRest"),
        arguments(
            BrokenSources.SkipsARecordWhenResumed.class,
            "aReaderOpenedWhereAnotherStoodGivesTheRest"),
        arguments(
            BrokenSources.SkipsARecordWhenResumed.class, "whatIsAcknowledgedNeedNotComeAgain"),
        arguments(
            BrokenSources.ReliesOnWhatItLent.class, "readAgainRecordsAreWhatAndWhereTheyWere"),
        arguments(BrokenSources.CountsOffsetsAnew.class, "readAgainRecordsAreWhatAndWhereTheyWere"),
        arguments(
            BrokenSources.TakesAFailureForTheEnd.class, "afterAFailureOfTheServerNothingIsMissing"),
        arguments(
            BrokenSources.TakesAFailureForTheEnd.class,
            "aServerThatCannotBeReachedIsAnErrorAndNoHang"),
        arguments(
            BrokenSources.DropsThePageThatFailed.class, "afterAResetInMidPageNothingIsMissing"),
        arguments(
            BrokenSources.TakesAThrottledCallForARefusal.class,
            "afterTooManyCallsNothingIsMissing"),
        arguments(
            BrokenSources.HangsWhenNothingComes.class, "aPollThatWaitsInVainAnswersWithNothing"),
        arguments(BrokenSources.IgnoresInterrupts.class, "anInterruptEndsAWait"),
        arguments(
            BrokenSources.HasACheckpointOfTwoKibibytes.class, "aCheckpointIsShortAndPrintable"),
        arguments(
            BrokenSources.HasACheckpointThatCannotBePrinted.class,
            "aCheckpointIsShortAndPrintable"),
        arguments(
            BrokenSources.ListsPartitionsInAnyOrder.class, "partitionsAreListedInAFixedOrder"),
        arguments(BrokenSources.DropsAPageForOneThatIsNoRecord.class, "whatIsNoRecordStopsNothing"),
        arguments(BrokenSources.TakesBytesForText.class, "bytesThatAreNoTextComeThrough"),
        arguments(BrokenSources.LeavesOutEmptyRecords.class, "emptyRecordsComeThrough"),
        arguments(
            BrokenSources.GoesOnAfterItWasClosed.class,
            "closingTwiceIsOnceAndNothingComesFromWhatIsClosed"),
        arguments(BrokenSources.NeverEnds.class, "aBoundedReadEndsWithWhatWasThereWhenItBegan"),
        arguments(BrokenSources.ShowsItsPassword.class, "aSourceHasOneNameThatShowsNoSecret"),
        arguments(
            BrokenSources.ClaimsThatItCannotReadAgain.class, "aSourceSaysWhetherItCanBeReadAgain"),
        arguments(
            BrokenSources.FollowsThoughItSaysItCannot.class,
            "aFollowingReaderSeesWhatComesLaterAndCanBeFollowedByAnother"),
        arguments(
            BrokenStores.WritesEventByEvent.class,
            "anEventThatCannotBeReadLeavesNothingOfItsBatch"),
        arguments(
            BrokenStores.WritesCheckpointsAfterwards.class,
            "aCheckpointThatCannotBeReadLeavesNothingOfItsBatch"),
        arguments(BrokenStores.ForgetsIdsWhenReopened.class, "anEventIsKeptOnce"),
        arguments(BrokenStores.TakesPercentForAWildcard.class, "aTextIsSoughtLiterally"),
        arguments(
            BrokenStores.FoldsTheCaseOfAllAlphabets.class,
            "lettersOfEitherCaseAreAlikeInAsciiAlone"),
        arguments(
            BrokenStores.CountsNoMoreThanTheLimit.class, "noMoreThanTheLimitComeBackTheNewest"),
        arguments(BrokenStores.RegroupsOneAfterTheOther.class, "groupsAreGivenToOthersAllAtOnce"),
        arguments(BrokenStores.EndsStringsAtNul.class, "textsOfAnyKindComeBack"),
        arguments(
            BrokenStores.ForgetsInMessagesAlone.class,
            "aSubjectIsPurgedFromEveryFieldAndNoOtherEventGoes"),
        arguments(
            BrokenStores.ForgetsInMessagesAlone.class,
            "aSourceThatNamesASubjectIsPurgedFromTheCheckpoints"),
        arguments(
            BrokenStores.AnswersThoughItIsClosed.class, "closingTwiceIsOnceAndWhatIsClosedRefuses"),
        arguments(
            BrokenStores.DocumentByDocument.class,
            "aDocumentThatCannotBeReadLeavesNothingOfItsCall"),
        arguments(
            BrokenStores.DocumentByDocument.class, "documentsComeInTheOrderOfTheirCharacters"),
        arguments(BrokenOthers.SwallowsAFailure.class, "aReceiverThatFailsIsAnError"),
        arguments(BrokenOthers.SwallowsAFailure.class, "whatComesAgainIsKnownByItsId"),
        arguments(BrokenOthers.CallsForEveryFindingOfAStorm.class, "aStormIsOneMessage"),
        arguments(BrokenOthers.IgnoresTheTimeout.class, "anAnswerThatDoesNotComeInTimeIsTransient"),
        arguments(BrokenOthers.KeepsQuietAboutACut.class, "anAnswerThatIsCutSaysSo"),
        arguments(BrokenOthers.TakesAnInterruptForAFailure.class, "anInterruptEndsTheWait"),
        arguments(BrokenOthers.ThrowsOnBrokenText.class, "noBytesMakeItThrow"),
        arguments(BrokenOthers.LooksBehindTheEnd.class, "itLooksAtTheBytesItIsGivenAlone"),
        arguments(BrokenOthers.TakesQuadraticTime.class, "aHugeHeadTakesItsTimeAndNoMore"));
  }

  @ParameterizedTest(name = "{0} fails {1}")
  @MethodSource("mistakes")
  void aMistakeIsCaught(Class<?> broken, String test) {
    TestExecutionSummary summary = run(selectMethod(broken, test));

    assertThat(summary.getTestsStartedCount()).isEqualTo(1);
    assertThat(summary.getTestsFailedCount()).isEqualTo(1);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      classes = {
        BrokenSources.HasNoMistake.class,
        BrokenStores.HasNoMistake.class,
        BrokenStores.IsGoneWhenItIsClosed.class
      })
  void withoutAMistakeNothingFails(Class<?> sound) {
    TestExecutionSummary summary = run(selectClass(sound));

    assertThat(summary.getTestsSucceededCount()).isGreaterThan(15);
    assertThat(summary.getTestsFailedCount()).isZero();
  }

  private static TestExecutionSummary run(DiscoverySelector tests) {
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherFactory.create()
        .execute(LauncherDiscoveryRequestBuilder.request().selectors(tests).build(), listener);
    return listener.getSummary();
  }
}
